// Inputs of profile transformations. Source: "Social IdP scripting API" in the vendor's documentation.
;(guest) => {
  const { NativeProxy } = guest.builtins
  const { javaValue } = guest

  /** Legacy scripts read members with `get` and by name. */
  function wrapped(value) {
    const json = guest.jsonValue(value === undefined ? null : value)
    const member = (name) => wrapped(json.get(name).getObject())
    return new NativeProxy(
      { ...json, get: member },
      { get: (target, name) => (name in target || typeof name !== 'string' ? target[name] : member(name)) },
    )
  }

  for (const name of ['rawProfile', 'normalizedProfile', 'jwtClaims']) {
    guest.expose(['transformation'], name, ({ profile }) => javaValue(profile[name]))
    guest.expose(['legacyTransformation'], name, ({ profile }) => wrapped(profile[name]))
  }
  guest.expose(
    ['transformation', 'legacyTransformation'],
    'selectedIdp',
    ({ profile }) => profile.selectedIdp,
  )
}
