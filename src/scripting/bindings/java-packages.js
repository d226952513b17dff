// The few Java classes that legacy journey scripts live on. Everything else of Java fails by its name.
;(guest) => {
  const { kinds, LegacyCallback, legacyCallbackClasses: callbacks, actionMethods } = guest

  const built = new WeakSet()

  /** `Action.goTo(x)…build()`: nothing counts until the variable `action` holds what was built. */
  function builder(first, args) {
    const steps = [[first, args]]
    const chain = {}
    for (const name of [...Object.keys(actionMethods), 'send']) {
      chain[name] = (...more) => {
        steps.push([name, more])
        return chain
      }
    }
    chain.build = () => {
      const action = { steps }
      built.add(action)
      return action
    }
    return chain
  }

  const send = (...args) => {
    for (const callback of args.flat()) {
      if (!(callback instanceof LegacyCallback)) throw new TypeError('Action.send expects callbacks')
      guest.addCallback(callback.type, callback.output, callback.input)
    }
  }

  const Action = {
    goTo: (outcome) => builder('goTo', [outcome]),
    send: (...args) => builder('send', args),
    suspend: (...args) => builder('suspend', args),
  }

  const named = (prefix, names) =>
    Object.fromEntries(names.map((name) => [`${prefix}.${name}`, callbacks[name]]))
  const classes = {
    'org.forgerock.openam.auth.node.api.Action': Action,
    'org.forgerock.http.protocol.Request': guest.LegacyRequest,
    'org.forgerock.openam.authentication.callbacks.PollingWaitCallback': callbacks.PollingWaitCallback,
    'com.sun.identity.authentication.spi.MetadataCallback': callbacks.MetadataCallback,
    ...named('javax.security.auth.callback', [
      'NameCallback',
      'PasswordCallback',
      'ChoiceCallback',
      'ConfirmationCallback',
      'TextInputCallback',
      'TextOutputCallback',
    ]),
    ...named('com.sun.identity.authentication.callbacks', [
      'HiddenValueCallback',
      'ScriptTextOutputCallback',
    ]),
    'java.lang.String': Object.assign((value) => `${value}`, { valueOf: (value) => `${value}` }),
    'java.lang.Boolean': Object.assign((value) => !!value, { TRUE: true, FALSE: false }),
    'java.lang.Integer': Object.assign(Number, {}),
  }

  const packageNames = new WeakMap()
  const isClassName = (name) => /^[A-Z]/.test(name)

  function classNamed(name) {
    if (Object.hasOwn(classes, name)) return classes[name]
    throw new Error(`Java class "${name}" is not available: scripts run without Java`)
  }

  /** A package: members with a capital are classes, the rest are packages. */
  function packageNamed(name) {
    const members = new Proxy(() => {}, {
      get(_, member) {
        if (typeof member !== 'string') return undefined
        return isClassName(member) ? classNamed(`${name}.${member}`) : packageNamed(`${name}.${member}`)
      },
      apply() {
        throw new Error(`Java class "${name}" is not available: scripts run without Java`)
      },
    })
    packageNames.set(members, name)
    return members
  }

  /** Looks a simple name up in what was imported, whole packages and single classes. */
  function JavaImporter(...imports) {
    const importedNames = imports.map((item) => packageNames.get(item)).filter((name) => name !== undefined)
    const direct = Object.keys(classes).filter((name) => imports.includes(classes[name]))
    const find = (member) => {
      const simple = direct.find((name) => name.endsWith(`.${member}`))
      if (simple) return classes[simple]
      const holder = importedNames.find((name) => Object.hasOwn(classes, `${name}.${member}`))
      return holder === undefined ? undefined : classes[`${holder}.${member}`]
    }
    return new Proxy(Object.create(null), {
      has: (_, member) => typeof member === 'string' && isClassName(member) && find(member) !== undefined,
      get(_, member) {
        if (typeof member !== 'string') return undefined
        const found = find(member)
        if (found !== undefined || !isClassName(member)) return found
        throw new Error(`Java class "${member}" is not available: scripts run without Java`)
      },
    })
  }

  // Java strings had these; scripts written for them compare with `equals`.
  guest.hidden(String.prototype, {
    equals(other) {
      return `${this}` === other
    },
    equalsIgnoreCase(other) {
      return `${this}`.toLowerCase() === `${other}`.toLowerCase()
    },
    isEmpty() {
      return this.length === 0
    },
  })

  const refuse = (name) => () => {
    throw new Error(`${name} is not available: scripts run without Java`)
  }

  guest.expose(kinds.legacy, 'JavaImporter', () => JavaImporter)
  for (const root of ['java', 'javax', 'org', 'com'])
    guest.expose(kinds.legacy, root, () => packageNamed(root))
  for (const name of ['importClass', 'importPackage']) guest.expose(kinds.legacy, name, () => refuse(name))

  // A built action in the variable `action` is the script's result.
  guest.beforeFinish.push(({ kind }) => {
    const value = kind === 'legacyDecision' && typeof action !== 'undefined' ? action : undefined
    if (value === undefined || value === null) return
    if (!built.has(value)) throw new TypeError("Script must set 'action' to the result of Action…build()")
    for (const [name, args] of value.steps) (name === 'send' ? send : actionMethods[name])(...args)
  })
}
