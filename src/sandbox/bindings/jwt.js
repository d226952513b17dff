;(guest) => {
  const { kinds, call, javaValue } = guest

  /** Replaces keys from `secrets` with their values for the host. */
  function wire(data) {
    const copy = {}
    for (const name of Object.keys(data)) {
      const member = data[name]
      const held = typeof member === 'object' && member !== null ? guest.keyText(member) : undefined
      copy[name] = held === undefined ? member : held
    }
    return copy
  }

  const jwtAssertion = { generateJwt: (data) => call('jwtAssertion.generateJwt', wire(data)) }
  const jwtValidator = {
    validateJwtClaims: (data) => javaValue(call('jwtValidator.validateJwtClaims', wire(data))),
  }

  const noPolicies = () => {
    throw new Error('Policy evaluation is not available on this server')
  }

  guest.exposeConstant(kinds.nextGeneration, 'cacheManager', { exists: () => false, named: () => null })
  guest.exposeConstant(kinds.nextGeneration, 'jwtAssertion', jwtAssertion)
  guest.exposeConstant(kinds.nextGeneration, 'jwtValidator', jwtValidator)
  guest.expose(kinds.nextGeneration, 'policy', () => ({ evaluate: noPolicies, evaluateTree: noPolicies }))
}
