// The first part of the bindings. It runs once, before any script, keeps its own references to the built-ins that it
// uses, and
// returns the toolbox for the other parts. The raw host functions never leave this file.
;(raw) => {
  const { parse, stringify } = JSON
  const { defineProperty, entries, fromEntries, hasOwn, keys, values: valuesOf } = Object
  const scope = globalThis
  // `for each` is written with it: standard-script.ts.
  defineProperty(scope, '$sidegateValues', { value: (of) => valuesOf(Object(of)) })

  // Scripts of walks check values of Java with it: java-values.ts.
  const isText = (of) => typeof of === 'string'
  const differences = {
    test: [
      (of) => !of && of !== null && of !== undefined,
      'an empty or false value of the state counts as true',
    ],
    length: [isText, 'the length of a text of the state is a method'],
    includes: [Array.isArray, 'lists of Java have no `includes`'],
    in: [(of) => /^{/.test(stringify(of)), "`for (… in …)` has the names of Java's methods"],
  }
  defineProperty(scope, '$sidegateJava', {
    value(of, how = 'test') {
      if (how === 'substring') return isText(of) ? new scope.java.lang.String(of) : of
      const [applies, what] = differences[how]
      if (applies(of)) throw new Error(`On the vendor's engine, ${what}`)
      return of
    },
  })

  const oauth = ['accessToken', 'claims']
  const nextGeneration = ['decision', 'config', 'deviceMatch', 'customNode', 'transformation', ...oauth]
  const legacy = ['Decision', 'Config', 'DeviceMatch', 'Transformation', 'AccessToken', 'Claims'].map(
    (name) => `legacy${name}`,
  )
  const kinds = {
    all: [...nextGeneration, ...legacy],
    nextGeneration,
    legacy,
    decision: ['decision', 'deviceMatch', 'customNode'],
  }

  /** Bindings by kind of script and name. Each is a function of the input. */
  const makers = {}
  /** Bindings that don't depend on the input. */
  const constants = {}
  for (const kind of kinds.all) {
    makers[kind] = {}
    constants[kind] = {}
  }
  const names = []
  /** The bindings of the kind that the guest is prepared for. */
  let visible
  let request
  /** Values of the bindings that this run has used. */
  const values = Object.create(null)

  const callbacks = []
  const writes = []

  const same = (value) => value

  const guest = {
    kinds,
    /** Built-ins that the vendor's engine lacks: scripts can run without them. */
    builtins: {
      NativeProxy: Proxy,
      Buffers: ArrayBuffer,
      Bytes: Uint8Array,
      Words: Uint32Array,
      toPrimitive: Symbol.toPrimitive,
      fromEntries,
      hasOwn,
    },
    parse,
    raw,
    /** Input of the run, set by begin. */
    input: undefined,
    /** Result of the `action` binding. */
    action: {},
    addCallback(type, output, input) {
      callbacks[callbacks.length] = stringify({ type, output, input })
    },
    addWrite(text) {
      writes[writes.length] = text
    },
    stringify(value) {
      const text = stringify(value)
      return text === undefined ? 'null' : text
    },
    expose(kindNames, name, make) {
      for (const kind of kindNames) makers[kind][name] = make
      if (!names.includes(name)) names.push(name)
    },
    exposeConstant(kindNames, name, value) {
      for (const kind of kindNames) constants[kind][name] = value
    },
    /** Defines all bindings lazily, so that a run creates only those that it uses. */
    ready() {
      for (const name of names) {
        const get = () => {
          if (!(name in values)) values[name] = make(name)
          return values[name]
        }
        const set = (value) => {
          values[name] = value
        }
        defineProperty(scope, name, { get, set, configurable: true })
      }
    },
    /** Results of kinds that have one: functions of the value of the last statement. */
    results: { transformation: same, legacyTransformation: same },
    /** Functions of the kind of script that change a guest for it. */
    preparations: [],
    /** Functions that run before the result is written. */
    beforeFinish: [],
    /** @param value of the last statement. */
    finish(value) {
      const { kind } = guest.input
      const { results } = guest
      for (let i = 0; i < guest.beforeFinish.length; i++) guest.beforeFinish[i](guest.input)
      return (
        `{"action":${stringify(guest.action)},"callbacks":[${joined(callbacks)}],"writes":[${joined(writes)}]` +
        variable('outcome', typeof outcome === 'undefined' ? undefined : outcome) +
        variable('config', typeof config === 'undefined' ? undefined : config) +
        variable('value', hasOwn(results, kind) ? results[kind](value) : undefined) +
        variable('auditEntryDetail', typeof auditEntryDetail === 'undefined' ? undefined : auditEntryDetail) +
        '}'
      )
    },
    /** Keeps only the bindings that a kind of script sees. Runs once per kind: the result is part of a snapshot. */
    prepare(kind) {
      visible = makers[kind]
      for (let i = 0; i < guest.preparations.length; i++) guest.preparations[i](kind)
      for (let i = 0; i < names.length; i++) if (!hasOwn(visible, names[i])) delete scope[names[i]]
      for (const name of keys(constants[kind])) {
        defineProperty(scope, name, { value: constants[kind][name], writable: true, configurable: true })
      }
    },
    begin(text) {
      guest.input = parse(text)
      const { randomSeed, missingNames = [] } = guest.input
      seed(randomSeed)
      remove(missingNames)
    },
    /** The request, parsed when a run first uses it. */
    request() {
      request ??= parse(raw.request())
      return request
    },
    /** An exception of Java: a JavaScript error, so that scripts can throw it. @param name of its class, such as `java.lang.Exception`. */
    javaThrowable: (name, message) =>
      guest.hidden(new Error(message), {
        name,
        getMessage: () => (message === undefined ? null : `${message}`),
        getClass: () => ({ getName: () => name, getSimpleName: () => name.slice(name.lastIndexOf('.') + 1) }),
      }),
    /** What a script catches when a method of Java throws. */
    javaError(name, message) {
      const javaException = guest.javaThrowable(name, message)
      return guest.hidden(new Error(`${javaException}`), { name: 'JavaException', javaException })
    },
    /** Calls the host. Scripts can catch its exceptions. */
    call(op, ...args) {
      const answer = parse(raw.call(op, stringify(args)))
      if (answer.error === undefined) return answer.ok
      throw hostError(answer.error)
    },
  }

  function make(name) {
    return visible[name](guest.input)
  }

  /** Removes globals and members of built-in objects, such as `Map` and `Array.prototype.flat`. */
  function remove(paths) {
    for (const path of paths) {
      const owners = path.split('.')
      const name = owners.pop()
      delete owners.reduce((owner, part) => owner[part], scope)[name]
    }
  }

  function joined(texts) {
    let all = ''
    for (let i = 0; i < texts.length; i++) all += i === 0 ? texts[i] : `,${texts[i]}`
    return all
  }

  function variable(name, value) {
    if (value === undefined) return ''
    const text = stringify(value)
    return text === undefined ? '' : `,"${name}":${text}`
  }

  function hostError({ message, code, detail }) {
    const error = new Error(message)
    const javaException = {
      getCode: () => code,
      getReason: () => detail?.reason ?? message,
      getDetail: () => detail,
      isServerError: () => code >= 500 && code < 600,
      getMessage: () => message,
      toString: () => message,
    }
    defineProperty(error, 'javaException', { value: javaException })
    return error
  }

  // The engine's own generator repeats after every reset. This one (mulberry32) repeats only within a run.
  let state = 0
  const { imul } = Math
  function seed(value) {
    state = value | 0
  }
  Math.random = function random() {
    state = (state + 0x6d2b79f5) | 0
    let mixed = imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }

  // Regular expressions are functions there, which JSON leaves out.
  defineProperty(RegExp.prototype, 'toJSON', { value() {}, configurable: true })

  // Undefined members change nothing there, so that they can't remove an attribute.
  const { assign } = Object
  const assigned = {
    assign: (target, ...sources) =>
      assign(
        target,
        ...sources.map((source) =>
          fromEntries(entries(Object(source)).filter(([, value]) => value !== undefined)),
        ),
      ),
  }
  Object.assign = assigned.assign

  // As in ECMA-262 3, a text with a leading zero is octal, if no radix is given.
  const { parseInt: parseNumber } = scope
  const parsed = {
    parseInt(text, radix) {
      const read = `${text}`
      const [, sign, octal] = /^\s*([-+]?)0(\d[\s\S]*)$/.exec(read) ?? []
      if (octal === undefined || (radix | 0) !== 0) return parseNumber(read, radix)
      return parseNumber(octal, 8) * (sign === '-' ? -1 : 1)
    },
  }
  scope.parseInt = parsed.parseInt
  Number.parseInt = parsed.parseInt

  return guest
}
