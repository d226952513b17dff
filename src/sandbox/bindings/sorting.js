// `sort` with a comparator in the steps of the vendor's engine (`Sorting` of Rhino 1.7.14), which decide the order if the comparator
// contradicts itself or gives no number. A list of up to 17 members is inserted one by one, a longer one is split around a median.
;() => {
  const { prototype, isArray } = Array
  const { sort } = prototype
  const { log10, trunc } = Math
  const { is } = Object

  prototype.sort = function (compare) {
    if (typeof compare !== 'function' || !isArray(this) || this.includes(undefined))
      return sort.call(this, compare)
    /** Java's order of numbers: NaN is greater than 0, and -0 is less. */
    const order = (one, other) => {
      const number = Number(compare(one, other))
      return number < 0 || is(number, -0) ? -1 : number === 0 ? 0 : 1
    }
    const list = [...this]
    sortPart(list, order, 0, list.length - 1, trunc(log10(list.length) / log10(2)) * 2)
    for (let at = 0; at < list.length; at++) this[at] = list[at]
    return this
  }

  // As Java's collator for English compares letters, digits, blanks and hyphens: first letters without accents and case, and digits,
  // then all, and at last small letters before capitals.
  const letters = (text) =>
    `${text}`
      .normalize('NFD')
      .replace(/[\p{M}\s-]+/gu, '')
      .toLowerCase()
  const all = (text) => `${text}`.toLowerCase().replace(/[\s-]/g, '\uffff')
  const inverted = (text) => text.replace(/./gs, (each) => String.fromCharCode(0xffff - each.charCodeAt(0)))
  const collation = {
    localeCompare(other) {
      for (const level of [letters, all, inverted]) {
        const [one, another] = [level(`${this}`), level(`${other}`)]
        if (one !== another) return one < another ? -1 : 1
      }
      return 0
    },
  }
  String.prototype.localeCompare = collation.localeCompare

  function sortPart(list, order, start, end, depth) {
    if (start >= end) return
    if (depth === 0 || end - start <= 16) return insert(list, order, start, end)
    const middle = split(list, order, start, end)
    sortPart(list, order, start, middle, depth - 1)
    sortPart(list, order, middle + 1, end, depth - 1)
  }

  function insert(list, order, start, end) {
    for (let next = start; next <= end; next++) {
      const value = list[next]
      let at = next
      for (; at > start && order(list[at - 1], value) > 0; at--) list[at] = list[at - 1]
      list[at] = value
    }
  }

  function split(list, order, start, end) {
    const swap = (one, other) => {
      ;[list[one], list[other]] = [list[other], list[one]]
    }
    swap(start, median(list, order, start, end))
    const pivot = list[start]
    let low = start
    let high = end + 1
    for (;;) {
      do low++
      while (order(list[low], pivot) < 0 && low !== end)
      do high--
      while (order(list[high], pivot) >= 0 && high !== start)
      if (low >= high) break
      swap(low, high)
    }
    swap(start, high)
    return high
  }

  function median(list, order, start, end) {
    const middle = start + trunc((end - start) / 2)
    const smaller = order(list[start], list[middle]) > 0 ? middle : start
    const smallest = order(list[smaller], list[end]) > 0 ? end : smaller
    const [one, other] = [start, middle, end].filter((at) => at !== smallest)
    return order(list[one], list[other]) < 0 ? one : other
  }
}
