// SPDX-License-Identifier: MIT
//
// tutti-bench FILE… [--json]: replays editing traces and times what an editor does with a Doc.
// Each phase runs in a process of its own, which this one starts; the figures are medians of five.
#include "crdt/any.h"
#include "tests/bench/phases.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <random>
#include <span>
#include <sstream>

namespace {

using namespace tutti::bench;
using tutti::crdt::Any;

constexpr int kRuns = 5;
constexpr const char* kUsage =
    "usage: tutti-bench FILE… [--json]      every phase, each in a process of its own\n"
    "       tutti-bench --prepare FILE DIR  keep what the phases need in a folder\n"
    "       tutti-bench --items N DIR       the same for a text of N single characters\n"
    "       tutti-bench --phase type|type_noupdate FILE\n"
    "       tutti-bench --phase receive|load|encode|memory|keystrokes DIR\n"
    "       tutti-bench --phase random|paste|growth\n";

/// A folder that goes when this does.
class Folder
{
public:
    Folder()
        : m_path(std::filesystem::temp_directory_path()
              / ("tutti-bench-" + std::to_string(std::random_device()())))
    {
        std::filesystem::create_directories(m_path);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    [[nodiscard]] std::string path() const { return m_path.string(); }

private:
    std::filesystem::path m_path;
};

std::string json(const Outcome& outcome)
{
    Any::Object members{{"ok", outcome.right}};
    for (const auto& [key, value] : outcome.figures) {
        members.emplace_back(key, value);
    }
    return Any::object(std::move(members)).toJson();
}

int print(const tutti::crdt::Result<Outcome>& outcome)
{
    if (!outcome) {
        std::cerr << outcome.error().message << "\n";
        return 1;
    }
    std::cout << json(*outcome) << "\n";
    return outcome->right ? 0 : 1;
}

int runPhase(std::string_view phase, const std::string& where)
{
    if (where.empty()) {
        return print(runScenario(phase));
    }
    if (phase == "type" || phase == "type_noupdate") {
        const auto trace = readTrace(where);
        if (!trace) {
            std::cerr << trace.error().message << "\n";
            return 1;
        }
        return print(runTyping(*trace, phase == "type"));
    }
    return print(runPrepared(phase, where));
}

int prepareInto(const std::string& file, const std::string& folder)
{
    const auto trace = readTrace(file);
    const auto prepared = trace ? prepare(*trace, folder) : std::unexpected(trace.error());
    if (!prepared) {
        std::cerr << prepared.error().message << "\n";
        return 1;
    }
    std::cout << Any::object(
        {{"trace", trace->name}, {"edits", static_cast<double>(prepared->edits)},
            {"writers", static_cast<double>(trace->writers)},
            {"state_bytes", static_cast<double>(prepared->stateBytes)},
            {"update_bytes", static_cast<double>(prepared->updateBytes)},
            {"text_ok", prepared->textRight}})
                     .toJson()
              << "\n";
    return 0;
}

/// Runs this program again and reads what it prints.
std::optional<Any> runAgain(
    const std::string& program, std::initializer_list<std::string> arguments, const Folder& folder)
{
    const std::string out = folder.path() + "/out.json";
    std::string command = "\"" + program + "\"";
    for (const std::string& argument : arguments) {
        command += " \"" + argument + "\"";
    }
    const int status = std::system((command + " > \"" + out + "\"").c_str());
    std::ifstream file(out);
    std::stringstream text;
    text << file.rdbuf();
    const auto value = Any::fromJson(text.str());
    if (status != 0 || !value) {
        return std::nullopt;
    }
    return *value;
}

/// The median time of a phase in fresh processes; none when one went wrong.
std::optional<double> medianMs(const std::string& program, const std::string& phase,
    const std::string& where, const Folder& folder)
{
    std::array<double, kRuns> times{};
    for (double& time : times) {
        const auto outcome = runAgain(program, {"--phase", phase, where}, folder);
        const Any* ms = outcome ? outcome->find("ms") : nullptr;
        if (ms == nullptr || ms->numberIf() == nullptr) {
            return std::nullopt;
        }
        time = *ms->numberIf();
    }
    std::ranges::sort(times);
    return times[kRuns / 2];
}

bool measure(const std::string& program, const std::string& file, bool asJson)
{
    const Folder folder;
    std::optional<Any> line = runAgain(program, {"--prepare", file, folder.path()}, folder);
    if (!line) {
        return false;
    }
    bool right = *line->find("text_ok")->boolIf();
    static constexpr std::array kPhases = {"type", "type_noupdate", "receive", "encode", "load"};
    for (const std::string phase : kPhases) {
        const bool typing = phase.starts_with("type");
        const std::optional<double> ms =
            medianMs(program, phase, typing ? file : folder.path(), folder);
        right = right && ms.has_value();
        line->set(phase + "_ms", ms ? Any(*ms) : Any(nullptr));
    }
    line->set("text_ok", right);
    if (asJson) {
        std::cout << line->toJson() << "\n";
    } else {
        for (const auto& [key, value] : *line->objectIf()) {
            std::cout << key << " " << value.toJson() << "\n";
        }
    }
    std::cout.flush();
    return right;
}

} // namespace

int main(int argc, char** argv)
{
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    const auto argument = [&arguments](std::size_t index) {
        return index < arguments.size() ? arguments[index] : std::string();
    };
    if (argument(0) == "--prepare" && arguments.size() == 3) {
        return prepareInto(argument(1), argument(2));
    }
    if (argument(0) == "--items" && arguments.size() == 3) {
        const auto count = static_cast<std::size_t>(std::atoll(argument(1).c_str()));
        return prepareItems(count, argument(2)) ? 0 : 1;
    }
    if (argument(0) == "--phase" && arguments.size() >= 2 && arguments.size() <= 3) {
        return runPhase(argument(1), argument(2));
    }
    bool asJson = false;
    std::vector<std::string> files;
    for (const std::string& given : arguments) {
        if (given == "--json") {
            asJson = true;
        } else if (given.starts_with("--")) {
            std::cerr << "unknown option " << given << "\n" << kUsage;
            return 2;
        } else {
            files.push_back(given);
        }
    }
    if (files.empty()) {
        std::cerr << kUsage;
        return 2;
    }
    bool right = true;
    for (const std::string& file : files) {
        right = measure(argv[0], file, asJson) && right;
    }
    return right ? 0 : 1;
}
