// The part of java.lang that journey scripts use.
;(guest) => {
  const { Bytes } = guest.builtins
  const { javaPackage, javaClass, javaError, hidden, list, bytes } = guest
  const { isArray } = Array
  const { fromCharCode } = String

  const isBytes = (value) => value instanceof Bytes || (isArray(value) && typeof value[0] === 'number')
  /** Decodes bytes to text. */
  const text = (value) => {
    if (isBytes(value)) return bytes.types.bytesToString(value)
    return isArray(value) && typeof value[0] === 'string' ? [...value].join('') : `${value}`
  }

  /** Java has several methods or constructors for null, and Rhino chooses none. */
  const unambiguous = (value, name) => {
    if (value === null)
      throw new Error(`The choice of ${name} matching JavaScript argument types (null) is ambiguous`)
    return value
  }
  const javaText = (name) => (value) => text(unambiguous(value, name))
  /** Numbers of scripts are Java doubles, which Java writes with a fraction, and from ten million with an exponent. */
  function ofNumber(number) {
    const size = Math.abs(number)
    if (!Number.isFinite(number)) return `${number}`
    if (size === 0) return Object.is(number, -0) ? '-0.0' : '0.0'
    if (size >= 1e-3 && size < 1e7) return Number.isInteger(number) ? `${number}.0` : `${number}`
    const [digits, exponent] = number.toExponential().split('e')
    return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`
  }
  const javaPart = (value, name) =>
    typeof value === 'number' ? ofNumber(value) : `${unambiguous(value ?? null, name)}`

  /** A regular expression of Java: of what only Java has, `(?i)` at the start works. */
  function ofJava(pattern, flags, isWhole = false) {
    const [, ignoresCase, rest] = /^(\(\?i\))?([\s\S]*)$/.exec(`${pattern}`)
    const hasClass = /\\p\{/i.test(rest)
    const all = `${flags}${ignoresCase ? 'i' : ''}${hasClass ? 'u' : ''}`
    return new RegExp(isWhole ? `^(?:${rest})$` : rest, all)
  }
  /** A replacement of Java, in which a backslash protects the next character. */
  const replacementOf = (text) =>
    `${text}`.replace(/\\([\s\S])/g, (_, character) => (character === '$' ? '$$' : character))

  // Scripts get Java strings on the vendor's engine, so strings need Java's methods, too.
  hidden(String.prototype, {
    equals(other) {
      return (typeof other === 'string' || other instanceof String) && `${this}` === `${other}`
    },
    equalsIgnoreCase(other) {
      return `${this}`.toLowerCase() === `${other}`.toLowerCase()
    },
    isEmpty() {
      return this.length === 0
    },
    contains(part) {
      return this.indexOf(part) >= 0
    },
    matches(pattern) {
      return ofJava(pattern, '', true).test(this)
    },
    replaceFirst(pattern, replacement) {
      return `${this}`.replace(ofJava(pattern, ''), replacementOf(replacement))
    },
    compareTo(other) {
      const [one, another] = [`${this}`, `${other}`]
      let at = 0
      while (at < one.length && one[at] === another[at]) at++
      const both = one.charCodeAt(at) - another.charCodeAt(at)
      return Number.isNaN(both) ? one.length - another.length : both
    },
    isBlank() {
      return /^\s*$/.test(this)
    },
    hashCode() {
      return guest.hashOf(this)
    },
    getBytes(charset = 'UTF-8') {
      if (/^utf-?8$/i.test(charset)) return bytes.types.stringToBytes(`${this}`)
      const last = { 'ISO-8859-1': 255, 'US-ASCII': 127 }[charset]
      if (last === undefined) throw javaError('java.io.UnsupportedEncodingException', charset)
      return bytes.signed(
        [...this].map((character) => (character <= fromCharCode(last) ? character : '?').charCodeAt(0)),
      )
    },
    toCharArray() {
      return list([...this])
    },
    /** Used in the vendor's documentation to read node state in both generations. */
    asString() {
      return `${this}`
    },
  })

  /** Methods of what `new java.lang.String` makes. Other texts are JavaScript's here. */
  const madeMethods = hidden(Object.create(String.prototype), {
    concat(part, ...more) {
      if (more.length > 0)
        throw new Error("Can't find method java.lang.String.concat with more than one text")
      return `${this}${part}`
    },
    substring(start, end = this.length) {
      if (start >= 0 && start <= end && end <= this.length) return `${this}`.slice(start, end)
      throw javaError(
        'java.lang.StringIndexOutOfBoundsException',
        `begin ${start}, end ${end}, length ${this.length}`,
      )
    },
    /** Without empty texts at the end. */
    split(separator, limit = 0) {
      const parts = `${this}`.split(separator)
      while (limit === 0 && parts.length > 1 && parts[parts.length - 1] === '') parts.pop()
      return limit > 0 && parts.length > limit
        ? [...parts.slice(0, limit - 1), parts.slice(limit - 1).join(separator)]
        : parts
    },
  })

  const whole64 = { intValue: Math.trunc, longValue: Math.trunc, doubleValue: Number }
  for (const [name, convert] of Object.entries(whole64))
    hidden(Number.prototype, {
      [name]() {
        return convert(this)
      },
    })

  hidden(Number.prototype, {
    /** Of another number, it depends on the class in Java. */
    equals(other) {
      if (typeof other === 'number') throw new Error("Numbers can't be compared with equals")
      return false
    },
  })

  // Texts of scripts don't have this method on the vendor's engine, and those of Java have no other one.
  guest.preparations.push((kind) => {
    if (!guest.kinds.legacy.includes(kind)) return
    hidden(String.prototype, {
      replaceAll(pattern, replacement) {
        return `${this}`.replace(ofJava(pattern, 'g'), replacementOf(replacement))
      },
    })
  })

  const notANumber = (text) => javaError('java.lang.NumberFormatException', `For input string: ${text}`)
  const parsed = (read) => (value) => {
    const number = `${value}`.trim() === '' ? Number.NaN : read(value)
    if (Number.isNaN(number)) throw notANumber(`"${value}"`)
    return number
  }
  const wholeNumber = parsed((value) => (/^[-+]?\d+$/.test(value) ? Number(value) : Number.NaN))
  const decimal = parsed((value) => {
    const [, number] = /^\s*([-+]?(?:Infinity|(?=\.?\d)\d*\.?\d*(?:e[-+]?\d+)?))[fd]?\s*$/i.exec(value) ?? []
    return Number(number)
  })

  const ordering = {
    compare: (one, other) => Math.sign(one - other),
    max: Math.max,
    min: Math.min,
  }

  const whole = (name, limits) => {
    const inRange = (number) => {
      if (number >= limits.MIN_VALUE && number <= limits.MAX_VALUE) return number
      throw notANumber(`"${number}"`)
    }
    const read = (value) => inRange(wholeNumber(value))
    const digits = '0123456789abcdefghijklmnopqrstuvwxyz'
    function readDigits(value, radix) {
      const wanted = [...`${value}`.toLowerCase().replace(/^[-+]/, '')]
      const isRead = wanted.length > 0 && wanted.every((digit) => digits.slice(0, radix).includes(digit))
      if (isRead) return inRange(parseInt(value, radix))
      throw notANumber(`"${value}" under radix ${radix}`)
    }
    return Object.assign(
      javaClass((value) => read(value)),
      {
        /** A number loses its fraction. */
        valueOf: (value) => (typeof value === 'number' ? inRange(Math.trunc(value)) : read(value)),
        [`parse${name}`](value, radix = 10, ...more) {
          if (more.length > 0) throw new Error(`Can't find method parse${name}(${[value, radix, ...more]})`)
          return radix === 10 ? read(value) : readDigits(value, radix)
        },
        toString: (value, radix = 10) => Math.trunc(value).toString(radix),
        ...ordering,
        ...limits,
      },
    )
  }

  const fraction = (name) =>
    Object.assign(javaClass(decimal), {
      valueOf: decimal,
      [`parse${name}`]: decimal,
      toString: (value) => ofNumber(Number(value)),
      isNaN: Number.isNaN,
      ...ordering,
    })

  const failure = (name) => javaClass((message) => guest.javaThrowable(`java.lang.${name}`, message))

  const shift = (number, digits) => Number(`${number}e${digits}`)
  const conversions = {
    s: (value, precision) => (typeof value === 'number' ? ofNumber(value) : `${value}`).slice(0, precision),
    /** Numbers of JavaScript are doubles, which `%d` refuses there. The results of `valueOf` are the same here. */
    d: (value, _, how) =>
      value instanceof Number || (how === '' && typeof value === 'number') ? `${value}` : undefined,
    f: (value, digits = 6) =>
      typeof value === 'number' || value instanceof Number
        ? shift(Math.round(shift(value, digits)), -digits).toFixed(digits)
        : undefined,
  }
  /** Supports `%s`, `%d`, `%f` and `%n` with a width and digits, and refuses others. */
  const format = (pattern, ...args) =>
    `${pattern}`.replace(/%([^a-zA-Z%]*)([a-zA-Z%])/g, (directive, how, type) => {
      if (directive === '%n') return '\n'
      if (directive === '%%') return '%'
      const value = args.shift()
      const [, flag, width, digits] = /^([-0]?)(\d*)(?:\.(\d+))?$/.exec(how) ?? []
      const text =
        width === undefined || value === undefined ? undefined : conversions[type]?.(value, digits, how)
      if (text === undefined)
        throw javaError('java.util.IllegalFormatException', `${directive} can't write ${value}`)
      if (flag === '0')
        return text.replace(/\d.*/, (number) => number.padStart(width - (text.length - number.length), '0'))
      return flag === '-' ? text.padEnd(width) : text.padStart(width)
    })

  function stringBuilder(start = '') {
    let built =
      typeof start === 'number' ? '' : `${unambiguous(start, 'Java constructor java.lang.StringBuilder')}`
    const builder = {
      append(part) {
        built += javaPart(part, 'Java method java.lang.StringBuilder.append')
        return builder
      },
      insert(at, part) {
        const inserted = javaPart(part, 'Java method java.lang.StringBuilder.insert')
        built = built.slice(0, at) + inserted + built.slice(at)
        return builder
      },
      reverse() {
        built = [...built].reverse().join('')
        return builder
      },
      setLength(length) {
        built = built.slice(0, length)
      },
      indexOf: (part) => built.indexOf(part),
      substring: (from, to) => built.slice(from, to),
      length: () => built.length,
      toString: () => built,
    }
    return hidden({}, builder)
  }

  /** Characters of Java are numbers in scripts, and texts of one character become one. */
  function character(value) {
    const text = typeof value === 'number' ? fromCharCode(value) : `${value}`
    if (text.length === 1) return text
    throw new Error(`Cannot convert ${text} to char`)
  }
  const ofConstructor = javaText('Java constructor java.lang.String')
  const ofMethod = javaText('Java method java.lang.String.valueOf')
  const textOf = (value) => (typeof value === 'number' ? ofNumber(value) : ofMethod(value))

  /** Math as in Java, which takes nothing but numbers, as many as it has parameters. */
  const javaMath = { E: Math.E, PI: Math.PI }
  for (const name of Object.getOwnPropertyNames(Math)) {
    if (typeof Math[name] !== 'function') continue
    javaMath[name] = (...args) => {
      if (args.length !== Math[name].length || args.includes(null) || args.includes(undefined))
        throw new Error(`Can't find method java.lang.Math.${name}(${args})`)
      if (
        ['max', 'min'].includes(name) &&
        args.some((each) => Number.isNaN(Number(each)) && !Number.isNaN(each))
      )
        throw new Error(`The choice of Java method java.lang.Math.${name} is ambiguous`)
      return name === 'round' ? Math.round(args[0]) || 0 : Math[name](...args)
    }
  }

  javaPackage('java.lang', () => ({
    String: Object.assign(
      javaClass((...values) => {
        if (values.length > 1 && !isArray(values[0]))
          throw new Error(`Java constructor for "java.lang.String" not found`)
        return values.length === 0 ? '' : ofConstructor(values[0])
      }, madeMethods),
      {
        valueOf: textOf,
        format,
        join: (separator, ...parts) => [].concat(...parts).join(separator),
      },
    ),
    Boolean: Object.assign(
      javaClass((value) => `${value}`.toLowerCase() === 'true'),
      {
        TRUE: true,
        FALSE: false,
        valueOf: (value) => `${value}`.toLowerCase() === 'true',
        parseBoolean: (value) => `${value}`.toLowerCase() === 'true',
        toString: String,
      },
    ),
    Integer: whole('Int', { MAX_VALUE: 2147483647, MIN_VALUE: -2147483648 }),
    Long: whole('Long', { MAX_VALUE: 2 ** 63, MIN_VALUE: -(2 ** 63) }),
    Short: whole('Short', { MAX_VALUE: 32767, MIN_VALUE: -32768 }),
    Byte: whole('Byte', { MAX_VALUE: 127, MIN_VALUE: -128 }),
    Double: fraction('Double'),
    Float: fraction('Float'),
    Number: fraction('Number'),
    Character: Object.assign(
      javaClass((value) => `${value}`),
      {
        isDigit: (value) => /^\p{Nd}$/u.test(character(value)),
        isLetter: (value) => /^\p{L}$/u.test(character(value)),
        isLetterOrDigit: (value) => /^[\p{L}\p{Nd}]$/u.test(character(value)),
        isUpperCase: (value) => /^\p{Lu}$/u.test(character(value)),
        isLowerCase: (value) => /^\p{Ll}$/u.test(character(value)),
        isWhitespace: (value) => /^\s$/.test(character(value)),
        toUpperCase: (value) => character(value).toUpperCase().charCodeAt(0),
        toLowerCase: (value) => character(value).toLowerCase().charCodeAt(0),
      },
    ),
    Object: javaClass(() => ({})),
    Exception: failure('Exception'),
    RuntimeException: failure('RuntimeException'),
    IllegalArgumentException: failure('IllegalArgumentException'),
    Math: javaMath,
    StrictMath: javaMath,
    System: {
      currentTimeMillis: () => Date.now(),
      nanoTime: () => Date.now() * 1e6,
      lineSeparator: () => '\n',
    },
    StringBuilder: javaClass(stringBuilder),
    StringBuffer: javaClass(stringBuilder),
  }))

  const dateMethods =
    'getTime getYear getMonth getDate getDay getHours getMinutes getSeconds ' +
    'setTime setYear setMonth setDate setHours setMinutes setSeconds'
  /** A date of Java: no number, but a text. Its years count from 1900. */
  function javaDate(...args) {
    const [first, ...others] = args
    const time = others.length > 1 ? Date.UTC(1900 + first, ...others) : Number(first)
    const date = args.length === 0 ? new Date() : new Date(time)
    if (first === null || typeof first === 'string' || others.length === 1 || Number.isNaN(date.getTime()))
      throw new Error(`Cannot convert ${args} to java.util.Date`)
    const asJava = () => `${date}`.replace(/(\S+) (\S+) GMT.*/, '$2 UTC $1')
    const java = {
      after: (other) => date.getTime() > other.getTime(),
      before: (other) => date.getTime() < other.getTime(),
      equals: (other) => date.getTime() === other.getTime(),
      compareTo: (other) => Math.sign(date.getTime() - other.getTime()),
      toString: asJava,
      toJSON: asJava,
    }
    for (const name of dateMethods.split(' ')) java[name] = (...parts) => date[name](...parts)
    return hidden({}, java)
  }
  guest.javaDate = javaDate
  guest.javaText = text
}
