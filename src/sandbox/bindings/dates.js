// Dates as on the vendor's engine, where the engine of the sandbox is more lenient: a text that only the sandbox reads could let expired
// people in. Each form of a text is a snippet in quality/engine.
;(guest) => {
  const { apply, construct } = Reflect
  const Native = globalThis.Date
  const { prototype } = Native
  const { setTime } = prototype

  const iso =
    /^((?:[+-]\d\d)?\d{4}(?:-\d\d(?:-(\d\d))?)?)(?:T\d\d:\d\d(?::\d\d(?:\.\d{3})?)?(?:Z|[+-]\d\d:?\d\d)?)?$/
  /** Texts that start with a number and a hyphen, period or comma, have too few numbers, or name a month without a year. */
  const unreadable = /^\s*(?:\S*-|\d+[.,]|\d+(?:\/\d+)?\s*$|[a-z]+\.?\s\d+$|(?=.*[a-z]{3})(?!.*\d{3}))/i
  /** Month, day and year. A month or day that is too great is one of a later year or month. */
  const american = /^(\d\d?)\/(\d+)\/(\d+)/
  const yearFirst = (_, month, day, year) =>
    month > 0 && month < 70
      ? new Native(Native.UTC(year, month - 1, day)).toISOString().slice(0, 10).replace(/-/g, '/')
      : 'none'

  /** Milliseconds; NaN for a text that the vendor's engine can't read. */
  function parse(value) {
    const text = `${value}`
    const [, date, day] = iso.exec(text) ?? []
    if (date === undefined)
      return unreadable.test(text) ? Number.NaN : Native.parse(text.replace(american, yearFirst))
    const isDay = day === undefined || new Native(Native.parse(date)).getUTCDate() === Number(day)
    return isDay ? Native.parse(text) : Number.NaN
  }

  guest.months =
    'January February March April May June July August September October November December'.split(' ')
  const isText = (value) => typeof value === 'string' || value instanceof String || Array.isArray(value)

  function VendorDate(...args) {
    if (new.target === undefined) return new Native().toString()
    return construct(Native, args.length === 1 && isText(args[0]) ? [parse(args[0])] : args, new.target)
  }
  const members = Object.getOwnPropertyDescriptors(Native)
  members.parse.value = parse
  Object.defineProperties(VendorDate, members)
  prototype.constructor = VendorDate
  globalThis.Date = VendorDate

  // As Java writes UTC and English dates.
  for (const name of ['toString', 'toTimeString']) {
    const text = prototype[name]
    prototype[name] = function () {
      return apply(text, this, []).replace('+0000', '-0000 (UTC)')
    }
  }
  const dayOf = (date) => `${guest.months[date.getMonth()]} ${date.getDate()}, ${date.getFullYear()}`
  const timeOf = (date) =>
    `${date.getHours() % 12 || 12}${date.toTimeString().slice(2, 8)} ${date.getHours() < 12 ? 'AM' : 'PM'} UTC`
  const local = { Date: dayOf, Time: timeOf, '': (date) => `${dayOf(date)} ${timeOf(date)}` }
  for (const part of Object.keys(local)) {
    prototype[`toLocale${part}String`] = function () {
      return Number.isNaN(this.getTime()) ? 'Invalid Date' : local[part](this)
    }
  }

  // The engine's setters keep a date when they get no number. By ECMA-262 it becomes invalid, so that no comparison with it is true.
  for (const part of ['Date', 'Month', 'FullYear', 'Hours', 'Minutes', 'Seconds', 'Milliseconds']) {
    for (const name of [`set${part}`, `setUTC${part}`]) {
      const set = prototype[name]
      prototype[name] = function (...args) {
        const time = apply(set, this, args)
        return Number.isNaN(time) ? apply(setTime, this, [time]) : time
      }
    }
  }
}
