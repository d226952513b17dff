;(guest) => {
  const { kinds, call, list } = guest

  const strings = (values) => {
    const all = typeof values === 'string' || !values || values.length === undefined ? [values] : [...values]
    return all.map((value) => `${value}`)
  }

  function valuesOf(attributes, name) {
    const found = Object.keys(attributes).find((known) => known.toLowerCase() === `${name}`.toLowerCase())
    return found === undefined ? [] : [...attributes[found]]
  }

  function identity(name) {
    let known = call('idRepository.getIdentity', `${name}`)
    let changes = { set: {}, add: {} }

    function demand() {
      if (!known.exists) throw new Error('Cannot read the attributes: this.amIdentity is null')
      return known
    }

    return {
      exists: () => known.exists === true,
      getName: () => demand().name,
      getUniversalId: () => demand().universalId,
      getAttributeValues: (attribute) => list(valuesOf(demand().attributes, attribute)),
      setAttribute(attribute, values) {
        demand()
        changes.set[attribute] = strings(values)
        delete changes.add[attribute]
      },
      addAttribute(attribute, value) {
        demand()
        changes.add[attribute] = [...(changes.add[attribute] || []), `${value}`]
      },
      /** Reads see changed values only after this. */
      store() {
        demand()
        call('idRepository.store', known.id, changes)
        const attributes = { ...known.attributes, ...changes.set }
        for (const attribute of Object.keys(changes.add)) {
          attributes[attribute] = [...(attributes[attribute] || []), ...changes.add[attribute]]
        }
        known = { ...known, attributes }
        changes = { set: {}, add: {} }
      },
    }
  }

  /** Each person is fetched once per run. */
  const fetched = Object.create(null)
  function legacyIdentity(user) {
    fetched[user] = fetched[user] || identity(user)
    return fetched[user]
  }

  guest.identity = identity
  const idRepository = { getIdentity: identity }
  const legacyIdRepository = {
    getIdentity: identity,
    getAttribute(user, name) {
      const known = legacyIdentity(user)
      return known.exists() ? known.getAttributeValues(name) : list([])
    },
    setAttribute(user, name, values) {
      legacyIdentity(user).setAttribute(name, values)
      legacyIdentity(user).store()
    },
    addAttribute(user, name, value) {
      legacyIdentity(user).addAttribute(name, value)
      legacyIdentity(user).store()
    },
  }

  guest.exposeConstant(kinds.nextGeneration, 'idRepository', idRepository)
  guest.exposeConstant(kinds.legacy, 'idRepository', legacyIdRepository)
}
