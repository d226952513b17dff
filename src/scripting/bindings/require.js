;(guest) => {
  const { raw } = guest
  const loaded = Object.create(null)

  /** Library scripts, CommonJS: each runs once for a run, and sees the exports so far of one that it is part of. */
  function require(name) {
    const key = `${name}`
    if (loaded[key]) return loaded[key].exports
    const wrapper = raw.library(key)
    const module = { exports: {} }
    loaded[key] = module
    wrapper.call(module.exports, module.exports, require, module)
    return module.exports
  }

  guest.expose(['decision', 'config', 'deviceMatch', 'transformation'], 'require', () => require)
}
