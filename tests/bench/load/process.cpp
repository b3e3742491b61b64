// SPDX-License-Identifier: MIT
#include "tests/bench/load/process.h"

#include "tests/bench/load/swarm.h"

#include <fstream>
#include <sstream>
#include <string>
#include <sys/resource.h>
#include <unistd.h>

namespace tutti::load {

namespace {

std::string read(int pid, const char* name)
{
    std::ifstream in("/proc/" + std::to_string(pid) + '/' + name);
    const std::string content(std::istreambuf_iterator<char>(in), {});
    if (content.empty()) {
        giveUp("no process " + std::to_string(pid));
    }
    return content;
}

} // namespace

double cpuSeconds(int pid)
{
    const std::string stat = read(pid, "stat");
    std::istringstream fields(stat.substr(stat.rfind(')') + 2));
    std::string skipped;
    constexpr int kBeforeUserTime = 11;
    for (int i = 0; i < kBeforeUserTime; ++i) {
        fields >> skipped;
    }
    double user = 0;
    double system = 0;
    fields >> user >> system;
    return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

double residentBytes(int pid)
{
    std::istringstream fields(read(pid, "statm"));
    double all = 0;
    double resident = 0;
    fields >> all >> resident;
    return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

double ownCpuSeconds()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

} // namespace tutti::load
