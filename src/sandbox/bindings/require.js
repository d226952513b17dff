;(guest) => {
  const { NativeProxy } = guest.builtins
  const { raw } = guest
  const loaded = Object.create(null)

  const isName = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u

  /**
   * `this` at the top level of a library: its exports, and its top-level functions and variables. Rhino runs a library as a
   * script, whose declarations are members of `this`.
   */
  function selfOf(exports, scope) {
    const find = (name) => {
      if (typeof name !== 'string' || !isName.test(name)) return undefined
      try {
        return scope.lookUp(name)
      } catch {
        return undefined
      }
    }
    return new NativeProxy(exports, {
      get: (target, name) => (name in target ? target[name] : find(name)),
      has: (target, name) => name in target || find(name) !== undefined,
    })
  }

  /** Loads library scripts as CommonJS modules. Each runs once per run. In a cycle, a library sees partial exports. */
  function require(name) {
    const key = `${name}`
    if (loaded[key]) return loaded[key].exports
    const wrapper = raw.library(key)
    const module = { exports: {} }
    loaded[key] = module
    const scope = { lookUp: () => undefined }
    const open = (lookUp) => {
      scope.lookUp = lookUp
    }
    wrapper.call(selfOf(module.exports, scope), module.exports, require, module, open)
    return module.exports
  }

  guest.exposeConstant(
    ['decision', 'config', 'deviceMatch', 'transformation', 'accessToken', 'claims'],
    'require',
    require,
  )
}
