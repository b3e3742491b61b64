// SPDX-License-Identifier: MIT
//
// Random numbers that one seed repeats (mulberry32).
'use strict'

class Random {
  constructor (seed) {
    this.state = seed >>> 0
  }

  /** In [0, 1). */
  next () {
    this.state = (this.state + 0x6D2B79F5) >>> 0
    let t = this.state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }

  below (n) { return Math.floor(this.next() * n) }
  between (a, b) { return a + this.below(b - a + 1) }
  oneIn (n) { return this.below(n) === 0 }
  pick (list) { return list[this.below(list.length)] }
  /** One of {name: weight}. */
  weighted (weights) {
    const entries = Object.entries(weights).filter(([, weight]) => weight > 0)
    let rest = this.next() * entries.reduce((sum, [, weight]) => sum + weight, 0)
    for (const [name, weight] of entries) {
      rest -= weight
      if (rest < 0) return name
    }
    return entries[0][0]
  }

  list (n, make) { return Array.from({ length: n }, make) }
  shuffle (list) {
    for (let i = list.length - 1; i > 0; i--) {
      const k = this.below(i + 1)
      ;[list[i], list[k]] = [list[k], list[i]]
    }
    return list
  }
}

module.exports = { Random }
