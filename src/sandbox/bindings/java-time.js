// java.time, SimpleDateFormat and TimeUnit. All times are UTC: the sandbox has no other time zone.
;(guest) => {
  const { hasOwn, fromEntries } = guest.builtins
  const { javaPackage, javaClass, javaDate, hidden, months } = guest

  const unitMs = {
    MILLIS: 1,
    SECONDS: 1000,
    MINUTES: 60_000,
    HOURS: 3_600_000,
    HALF_DAYS: 43_200_000,
    DAYS: 86_400_000,
    WEEKS: 604_800_000,
  }
  const unitNames = Object.keys(unitMs)

  const refuse = (type, message) => {
    throw guest.javaError(type, message)
  }

  /** Milliseconds of a name of ChronoUnit. */
  const msOf = (unit) => unitMs[unit] || refuse('java.time.temporal.UnsupportedTemporalTypeException', unit)

  /** Java leaves out milliseconds that are zero. */
  const isoOf = (ms) => new Date(ms).toISOString().replace('.000Z', 'Z')

  function parsedMs(text, pattern) {
    // Dates of scripts have milliseconds, and those of Java up to nanoseconds.
    const inMs = `${text}`.replace(/\.(\d+)Z$/, (_, fraction) => `.${fraction.padEnd(3, '0').slice(0, 3)}Z`)
    const ms = pattern.test(text) ? Date.parse(inMs) : Number.NaN
    return Number.isNaN(ms)
      ? refuse('java.time.format.DateTimeParseException', `Text '${text}' could not be parsed`)
      : ms
  }

  const plural = (unit) => unit[0] + unit.slice(1).toLowerCase()

  /** Methods that compare and move a point in time. `make` creates one of the same type. */
  function movable(value, ms, make) {
    const methods = {
      plus: (amount, unit) => make(ms + shiftOf(amount, unit)),
      minus: (amount, unit) => make(ms - shiftOf(amount, unit)),
      isAfter: (other) => ms > other.ms(),
      isBefore: (other) => ms < other.ms(),
      equals: (other) => ms === other.ms(),
      compareTo: (other) => Math.sign(ms - other.ms()),
      truncatedTo: (unit) => make(Math.floor(ms / msOf(unit)) * msOf(unit)),
      until: (other, unit) => Math.trunc((other.ms() - ms) / msOf(unit)),
      ms: () => ms,
    }
    for (const unit of unitNames) {
      methods[`plus${plural(unit)}`] = (count) => make(ms + Math.trunc(count) * unitMs[unit])
      methods[`minus${plural(unit)}`] = (count) => make(ms - Math.trunc(count) * unitMs[unit])
    }
    return Object.assign(value, methods)
  }

  /** A duration, or a count of units. */
  const shiftOf = (amount, unit) => (unit === undefined ? amount.toMillis() : amount * msOf(unit))

  function instant(ms) {
    const value = {
      toEpochMilli: () => ms,
      getEpochSecond: () => Math.floor(ms / 1000),
      getNano: () => (((ms % 1000) + 1000) % 1000) * 1e6,
      atZone: () => local(ms),
      atOffset: () => local(ms),
      toString: () => isoOf(ms),
      toJSON: () => isoOf(ms),
    }
    return hidden({}, movable(value, ms, instant))
  }

  function duration(ms) {
    const value = {
      toMillis: () => ms,
      toSeconds: () => Math.trunc(ms / 1000),
      getSeconds: () => Math.trunc(ms / 1000),
      toMinutes: () => Math.trunc(ms / unitMs.MINUTES),
      toHours: () => Math.trunc(ms / unitMs.HOURS),
      toDays: () => Math.trunc(ms / unitMs.DAYS),
      isNegative: () => ms < 0,
      isZero: () => ms === 0,
      compareTo: (other) => Math.sign(ms - other.toMillis()),
      toString: () => durationText(ms),
    }
    return hidden({}, value)
  }

  /** Such as `PT1H1M1S`. */
  function durationText(ms) {
    const parts = [
      Math.trunc(ms / unitMs.HOURS),
      Math.trunc((ms % unitMs.HOURS) / unitMs.MINUTES),
      (ms % unitMs.MINUTES) / 1000,
    ]
    return `PT${parts.map((part, at) => (part === 0 ? '' : part + 'HMS'[at])).join('') || '0S'}`
  }

  /** The same day of another month, or its last day. */
  function monthsLater(ms, months) {
    const date = new Date(ms)
    const day = date.getUTCDate()
    date.setUTCDate(1)
    date.setUTCMonth(date.getUTCMonth() + months)
    const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
    return date.setUTCDate(Math.min(day, last))
  }

  const localText = (ms) => isoOf(ms).replace(/(:00)?Z$/, '')

  function local(ms) {
    const date = new Date(ms)
    const value = {
      getYear: () => date.getUTCFullYear(),
      getMonthValue: () => date.getUTCMonth() + 1,
      getDayOfMonth: () => date.getUTCDate(),
      getHour: () => date.getUTCHours(),
      getMinute: () => date.getUTCMinutes(),
      getSecond: () => date.getUTCSeconds(),
      plusMonths: (count) => local(monthsLater(ms, count)),
      minusMonths: (count) => local(monthsLater(ms, -count)),
      plusYears: (count) => local(monthsLater(ms, 12 * count)),
      minusYears: (count) => local(monthsLater(ms, -12 * count)),
      format: (formatter) => formatter.format(date),
      toInstant: () => instant(ms),
      toEpochSecond: () => Math.floor(ms / 1000),
      atZone: () => local(ms),
      toLocalDateTime: () => local(ms),
      toString: () => localText(ms),
      toJSON: () => localText(ms),
    }
    return hidden({}, movable(value, ms, local))
  }

  const days = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ')
  const digits = (number, width) => `${number}`.padStart(width, '0')
  const named = (name, width) => (width < 4 ? name.slice(0, 3) : name)

  /** Letters of patterns: how each is written, and how it is read into the parts of a date. */
  const letters = {
    y: {
      write: (date, width) =>
        width === 2 ? digits(date.getUTCFullYear() % 100, 2) : digits(date.getUTCFullYear(), width),
      read: (parts, text) => {
        parts.year = text.length === 2 ? 2000 + Number(text) : Number(text)
      },
    },
    M: {
      write: (date, width) =>
        width < 3 ? digits(date.getUTCMonth() + 1, width) : named(months[date.getUTCMonth()], width),
      read: (parts, text) => {
        const byName = months.findIndex((month) => month.slice(0, 3) === text.slice(0, 3))
        parts.month = byName < 0 ? Number(text) : byName + 1
      },
    },
    d: { write: (date, width) => digits(date.getUTCDate(), width), read: reader('day') },
    H: { write: (date, width) => digits(date.getUTCHours(), width), read: reader('hour') },
    h: { write: (date, width) => digits(date.getUTCHours() % 12 || 12, width), read: reader('hour') },
    m: { write: (date, width) => digits(date.getUTCMinutes(), width), read: reader('minute') },
    s: { write: (date, width) => digits(date.getUTCSeconds(), width), read: reader('second') },
    S: { write: (date, width) => digits(date.getUTCMilliseconds(), 3).slice(0, width), read: reader('ms') },
    a: {
      write: (date) => (date.getUTCHours() < 12 ? 'AM' : 'PM'),
      read: (parts, text) => {
        parts.half = text.toUpperCase()
      },
    },
    E: { write: (date, width) => named(days[date.getUTCDay()], width), read: () => {} },
    X: { write: () => 'Z', read: readOffset },
    Z: { write: () => '+0000', read: readOffset },
    z: { write: () => 'UTC', read: readOffset },
  }
  letters.u = letters.y

  function reader(name) {
    return (parts, text) => {
      parts[name] = Number(text)
    }
  }

  function readOffset(parts, text) {
    const found = /^([+-])(\d\d):?(\d\d)?$/.exec(text)
    if (found === null) return
    const minutes = Number(found[2]) * 60 + Number(found[3] || 0)
    parts.offset = found[1] === '-' ? -minutes : minutes
  }

  /** The tokens of a pattern: letters with their width, and texts. */
  function tokensOf(pattern) {
    const tokens = []
    const parts = /'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+/g
    for (let part = parts.exec(pattern); part !== null; part = parts.exec(pattern)) {
      const [all, quoted, letter] = part
      if (letter === undefined) {
        tokens.push({ text: quoted === undefined ? all : quoted === '' ? "'" : quoted.replace(/''/g, "'") })
      } else if (hasOwn(letters, letter)) tokens.push({ letter, width: all.length })
      else refuse('java.lang.IllegalArgumentException', `Illegal pattern character '${letter}'`)
    }
    return tokens
  }

  /** How the text of a letter looks when it is read. Adjacent numbers have a fixed width. */
  function shapeOf({ letter, width, text }, next) {
    if (text !== undefined) return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    if (letter === 'E' || (letter === 'M' && width > 2) || letter === 'a') return '([A-Za-z]+)'
    if ('XZz'.includes(letter)) return '(Z|UTC|GMT|[+-]\\d\\d(?::?\\d\\d)?)'
    return next?.letter === undefined ? '(\\d+)' : `(\\d{${width}})`
  }

  function formatterOf(pattern) {
    const tokens = tokensOf(pattern)
    const shape = new RegExp(`^${tokens.map((token, at) => shapeOf(token, tokens[at + 1])).join('')}`)
    return {
      write: (date) =>
        tokens
          .map(({ text, letter, width }) => (text === undefined ? letters[letter].write(date, width) : text))
          .join(''),
      /** @returns undefined for a text that doesn't match. */
      read(text) {
        const found = shape.exec(`${text}`)
        if (found === null) return undefined
        const parts = { year: 1970, month: 1, day: 1, hour: 0, minute: 0, second: 0, ms: 0, offset: 0 }
        const read = tokens.filter(({ letter }) => letter !== undefined)
        for (let at = 0; at < read.length; at++) letters[read[at].letter].read(parts, found[at + 1])
        return timeOf(parts)
      },
    }
  }

  function timeOf({ year, month, day, hour, minute, second, ms, offset, half }) {
    const hours = half === undefined ? hour : (hour % 12) + (half === 'PM' ? 12 : 0)
    return Date.UTC(year, month - 1, day, hours, minute - offset, second, ms)
  }

  const dateOf = (value) => new Date('getTime' in value ? value.getTime() : value.ms())

  function dateTimeFormatter(pattern) {
    const formatter = typeof pattern === 'string' ? formatterOf(pattern) : pattern
    const methods = {
      format: (value) => formatter.write(dateOf(value)),
      read: formatter.read,
      withZone: () => methods,
      withLocale: () => methods,
    }
    return methods
  }

  const iso = {
    write: (date) => isoOf(date.getTime()),
    read: (text) => parsedMs(text, /^\d{4}-\d\d-\d\dT.*Z$/),
  }
  const isoLocal = {
    write: (date) => localText(date.getTime()),
    read: (text) => parsedMs(`${text}Z`, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
  }

  const SimpleDateFormat = javaClass((pattern) => {
    const formatter = formatterOf(pattern)
    return hidden(
      {},
      {
        format: (date) => formatter.write(dateOf(date)),
        parse(text) {
          const ms = formatter.read(text)
          return ms === undefined
            ? refuse('java.text.ParseException', `Unparseable date: "${text}"`)
            : javaDate(ms)
        },
        setTimeZone(zone) {
          if (!isUtc(zone)) refuse('java.lang.IllegalArgumentException', `Time zone ${zone} is not available`)
        },
        setLenient: () => {},
        toPattern: () => `${pattern}`,
      },
    )
  })

  const isUtc = (zone) => ['UTC', 'GMT', 'Z', 'Etc/UTC'].includes(`${zone}`)
  const zone = (id) =>
    isUtc(id) ? 'UTC' : refuse('java.time.zone.ZoneRulesException', `Time zone ${id} is not available`)

  const chronoUnit = (name) => ({
    between: (from, to) => from.until(to, name),
    name: () => name,
    toString: () => name,
  })

  function timeUnit(name) {
    const ms = unitMs[name] || 1
    const unit = { name: () => name, toString: () => name, convert }
    for (const other of ['MILLIS', 'SECONDS', 'MINUTES', 'HOURS', 'DAYS']) {
      unit[`to${plural(other)}`] = (count) => Math.trunc((count * ms) / unitMs[other])
    }
    function convert(count, from) {
      return Math.trunc((count * from.toMillis(1)) / ms)
    }
    return unit
  }

  const parse = (make, standard) => (text, formatter) => {
    const ms = formatter === undefined ? standard.read(`${text}`) : formatter.read(text)
    return make(ms === undefined ? refuse('java.time.format.DateTimeParseException', `Text '${text}'`) : ms)
  }

  javaPackage('java.time', () => ({
    Clock: { systemUTC: () => ({ instant: () => instant(Date.now()), millis: () => Date.now() }) },
    Instant: {
      now: () => instant(Date.now()),
      ofEpochMilli: (ms) => instant(Math.trunc(ms)),
      ofEpochSecond: (seconds) => instant(seconds * 1000),
      parse: parse(instant, iso),
      EPOCH: instant(0),
      MAX: instant(8.64e15),
    },
    LocalDateTime: {
      now: () => local(Date.now()),
      of: (year, month, day, hour, minute, second = 0) =>
        local(Date.UTC(year, month - 1, day, hour, minute, second)),
      ofInstant: (at) => local(at.toEpochMilli()),
      ofEpochSecond: (seconds) => local(seconds * 1000),
      parse: parse(local, isoLocal),
    },
    Duration: {
      ...fromEntries(
        unitNames.map((unit) => [`of${plural(unit)}`, (count) => duration(count * unitMs[unit])]),
      ),
      of: (count, unit) => duration(count * msOf(unit)),
      between: (from, to) => duration(to.ms() - from.ms()),
    },
    ZoneId: { of: zone, systemDefault: () => 'UTC' },
    ZoneOffset: { UTC: 'UTC' },
  }))
  javaPackage('java.time.format', () => ({
    DateTimeFormatter: {
      ofPattern: dateTimeFormatter,
      ISO_INSTANT: dateTimeFormatter(iso),
      ISO_DATE_TIME: dateTimeFormatter(isoLocal),
      ISO_LOCAL_DATE_TIME: dateTimeFormatter(isoLocal),
    },
  }))
  javaPackage('java.time.temporal', () => ({
    ChronoUnit: fromEntries(unitNames.map((name) => [name, chronoUnit(name)])),
  }))
  javaPackage('java.util.concurrent', () => ({
    TimeUnit: {
      MILLISECONDS: timeUnit('MILLIS'),
      ...fromEntries(['SECONDS', 'MINUTES', 'HOURS', 'DAYS'].map((name) => [name, timeUnit(name)])),
    },
  }))
  javaPackage('java.text', () => ({ SimpleDateFormat }))
}
