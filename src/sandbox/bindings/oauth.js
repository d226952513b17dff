// Inputs and results of OAuth2 scripts. Source: "Access token modification scripting API", "OIDC claims scripting API".
;(guest) => {
  const { hasOwn, fromEntries } = guest.builtins
  const { javaValue, list, set, javaPackage, javaClass, identity } = guest
  const { keys } = Object
  const token = ['accessToken', 'legacyAccessToken']
  const claims = ['claims', 'legacyClaims']
  const both = [...token, ...claims]

  /** What the script changed: the server decides what is allowed. */
  const changed = Object.create(null)
  const removed = []
  const plain = (value) => (value === undefined ? null : JSON.parse(guest.stringify(value)))

  /** Members that scripts read and write by methods of their own, such as getScope and setScope. */
  const members = {
    Scope: 'scope',
    Realm: 'realm',
    ClientId: 'clientId',
    ResourceOwnerId: 'userName',
    Nonce: 'nonce',
    Claims: 'claims',
    Audience: 'aud',
    AuditTrackingId: 'auditTrackingId',
    AuthGrantId: 'authGrantId',
    AuthLevel: 'authLevel',
    ExpiryTime: 'expireTime',
    GrantType: 'grant_type',
    TokenName: 'tokenName',
    TokenType: 'tokenType',
    Permissions: 'permissions',
    ConfirmationKey: 'cnf',
    Act: 'act',
    MayAct: 'may_act',
  }

  function accessToken({ oauth }) {
    const known = oauth.token
    const value = (name) => {
      if (hasOwn(changed, name)) return javaValue(plain(changed[name]))
      if (removed.includes(name) || !hasOwn(known, name)) return null
      return javaValue(plain(known[name]))
    }
    const write = (name, next) => {
      changed[`${name}`] = plain(next)
    }
    const remove = (name) => {
      delete changed[name]
      removed[removed.length] = name
    }
    const all = () => {
      const names = [...keys(known), ...keys(changed)].filter((name) => !removed.includes(name))
      return javaValue(fromEntries(names.map((name) => [name, plain(value(name))])))
    }
    const made = {
      getField: value,
      setField: write,
      setFields(fields) {
        for (const name of keys(fields)) write(name, fields[name])
      },
      addExtraData: write,
      addExtraJsonData: write,
      toMap: all,
      getTokenInfo: all,
      getCustomFields: () => javaValue({ ...changed }),
      getTokenId: () => value('id'),
      setId: (id) => write('id', id),
      setAuthTime: (seconds) => write('auth_time', seconds),
      removeAuthTime: () => remove('auth_time'),
      getAuthTimeSeconds: () => value('auth_time'),
      removeScopes: () => remove('scope'),
      isExpired: () => false,
    }
    for (const name of keys(members)) {
      made[`get${name}`] = () => value(members[name])
      made[`set${name}`] = (next) => write(members[name], next)
      made[`remove${name}`] = () => remove(members[name])
    }
    made.getScope = () => set(value('scope') || [])
    return made
  }

  /** The person as AM's own class shows them to legacy scripts. */
  function legacyIdentity(name) {
    const person = identity(name)
    return {
      ...person,
      isExists: person.exists,
      isActive: person.exists,
      getAttribute: (attribute) => set(person.getAttributeValues(attribute)),
    }
  }

  const claim = (name, requested) => ({
    getName: () => name,
    getValues: () => set(requested),
    getValue: () => (requested.length === 0 ? null : requested[0]),
    getLocale: () => null,
    isEssential: () => false,
  })

  const claimList = (values) =>
    list(keys(values || {}).map((name) => claim(name, [].concat(values[name] ?? []))))

  function requested({ oauth }) {
    const wanted = oauth.requestedClaims || {}
    return javaValue(fromEntries(keys(wanted).map((name) => [name, set(wanted[name])])))
  }

  guest.expose(token, 'accessToken', accessToken)
  guest.expose(claims, 'claims', ({ oauth }) => javaValue(plain(oauth.claims)))
  guest.expose(claims, 'claimObjects', ({ oauth }) => claimList(oauth.claims))
  guest.expose(claims, 'requestedClaims', requested)
  guest.expose(claims, 'requestedTypedClaims', ({ oauth }) => claimList(oauth.requestedClaims))
  guest.expose(claims, 'claimsLocales', ({ oauth }) => list([...oauth.claimsLocales]))
  guest.expose(both, 'scopes', ({ oauth }) => set(oauth.scopes))
  guest.expose(both, 'clientProperties', ({ oauth }) => javaValue(oauth.clientProperties))
  guest.expose(both, 'requestProperties', ({ oauth }) => javaValue(oauth.requestProperties))
  guest.expose(both, 'session', ({ oauth }) => sessionOf(oauth.session))
  guest.expose(['accessToken', 'claims'], 'identity', ({ oauth }) =>
    oauth.userName === null ? null : identity(oauth.userName),
  )
  guest.expose(['legacyAccessToken', 'legacyClaims'], 'identity', ({ oauth }) =>
    oauth.userName === null ? null : legacyIdentity(oauth.userName),
  )

  function sessionOf(properties) {
    if (properties === null) return null
    const get = (name) => (hasOwn(properties, name) ? properties[name] : null)
    return { getProperty: get, getProperties: () => javaValue(properties) }
  }

  const userInfoClaims = (values, compositeScopes) => ({
    values,
    compositeScopes,
    getValues: () => values,
    getCompositeScopes: () => compositeScopes,
  })
  javaPackage('org.forgerock.oauth2.core', () => ({ UserInfoClaims: javaClass(userInfoClaims) }))
  javaPackage('org.forgerock.openidconnect', () => ({ Claim: javaClass(claim) }))
  javaPackage('org.forgerock.oauth2.core.exceptions', () => ({
    InvalidRequestException: javaClass((message) => new Error(`${message}`)),
  }))

  for (const kind of token) {
    guest.results[kind] = () => ({ changed, removed })
  }
  for (const kind of claims) {
    guest.results[kind] = (value) =>
      value && typeof value.getValues === 'function' ? value.getValues() : value
  }
}
