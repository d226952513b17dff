// The Action class of legacy scripts: `Action.goTo(x)…build()`, `Action.send(callbacks…).build()`, `Action.suspend(…)`.
;(guest) => {
  const { javaPackage } = guest
  const actionMethods = {
    ...guest.actionMethods,
    withIdentifiedIdentity: (name, type) =>
      guest.actionMethods[type === 'agent' ? 'withIdentifiedAgent' : 'withIdentifiedUser'](name),
  }

  const built = new WeakSet()

  /** A built action has an effect only when the script assigns it to `action`. */
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

  /** Takes callbacks, or lists of callbacks. */
  function send(...args) {
    for (const callback of [].concat(...args)) {
      if (!(callback instanceof guest.LegacyCallback)) throw new TypeError('Action.send expects callbacks')
      guest.addCallback(callback.type, callback.output, callback.input)
    }
  }

  javaPackage('org.forgerock.openam.auth.node.api', () => ({
    Action: {
      goTo: (outcome) => builder('goTo', [outcome]),
      send: (...args) => builder('send', args),
      suspend: (...args) => builder('suspend', args),
    },
  }))

  javaPackage('com.sun.identity.idm', () => ({ IdType: { USER: 'user', AGENT: 'agent' } }))

  // The built action in the variable `action` is the script's result.
  guest.beforeFinish.push(({ kind }) => {
    const value = kind === 'legacyDecision' && typeof action !== 'undefined' ? action : undefined
    if (value === undefined || value === null) return
    if (!built.has(value)) throw new TypeError("Script must set 'action' to the result of Action…build()")
    for (const [name, args] of value.steps) (name === 'send' ? send : actionMethods[name])(...args)
  })
}
