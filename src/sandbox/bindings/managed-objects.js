;(guest) => {
  const { kinds, javaValue } = guest
  const call = (...args) => javaValue(guest.call(...args))
  const orNull = (value) => (value === undefined ? null : value)

  const openidm = {
    create: (resource, newId, content, params, fields) =>
      call('openidm.create', resource, orNull(newId), orNull(content), orNull(params), orNull(fields)),
    read: (resource, params, fields) => call('openidm.read', resource, orNull(params), orNull(fields)),
    update: (id, revision, value, params, fields) =>
      call('openidm.update', id, orNull(revision), orNull(value), orNull(params), orNull(fields)),
    patch: (id, revision, operations, params, fields) =>
      call('openidm.patch', id, orNull(revision), orNull(operations), orNull(params), orNull(fields)),
    delete: (id, revision, params, fields) =>
      call('openidm.delete', id, orNull(revision), orNull(params), orNull(fields)),
    query: (resource, params, fields) => call('openidm.query', resource, orNull(params), orNull(fields)),
    action: (resource, name, content, params, fields) =>
      call('openidm.action', resource, name, orNull(content), orNull(params), orNull(fields)),
  }

  guest.exposeConstant(kinds.nextGeneration, 'openidm', openidm)
}
