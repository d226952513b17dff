;(guest) => {
  const { kinds, call, caseInsensitive, javaValue, parse } = guest

  const encodeForm = (form) =>
    Object.keys(form)
      .map((name) => `${encodeURIComponent(name)}=${encodeURIComponent(form[name])}`)
      .join('&')

  function decodeForm(text) {
    const form = {}
    for (const pair of text.split('&')) {
      const [name, value = ''] = pair.split('=').map((part) => decodeURIComponent(part.replace(/\+/g, ' ')))
      if (name !== '') form[name] = value
    }
    return form
  }

  function hasHeader(headers, name) {
    return Object.keys(headers).some((known) => known.toLowerCase() === name)
  }

  function requestOf(url, options) {
    const { method, headers: given, form, body, token, clientName } = options || {}
    const headers = {}
    for (const name of Object.keys(given || {})) headers[name] = `${given[name]}`
    const request = { url: `${url}`, method: `${method || 'GET'}`.toUpperCase(), headers }
    const announce = (type) => {
      if (!hasHeader(headers, 'content-type')) headers['Content-Type'] = type
    }
    if (token !== undefined && token !== null) headers.Authorization = `Bearer ${token}`
    if (form) {
      announce('application/x-www-form-urlencoded')
      request.body = encodeForm(form)
    } else if (typeof body === 'string') {
      request.body = body
    } else if (body !== undefined && body !== null) {
      announce('application/json')
      request.body = JSON.stringify(body, (_, value) => (value === undefined ? null : value))
    }
    if (clientName) request.clientName = `${clientName}`
    return request
  }

  function response({ status, statusText, headers, body }) {
    return {
      status,
      statusText,
      ok: status >= 200 && status < 300,
      headers: caseInsensitive(headers),
      json: () => javaValue(parse(body)),
      text: () => body,
      formData: () => javaValue(decodeForm(body)),
    }
  }

  /**
   * Does work that a promise has to do. Only failures of the server make a promise fail: an error of the script itself ends the
   * script, because nobody may ask a promise for its value.
   */
  function promised(work) {
    try {
      return settled(work())
    } catch (error) {
      if (error?.javaException?.getCode === undefined) throw error
      return failed(error)
    }
  }

  const isPromise = (value) =>
    typeof value === 'object' && value !== null && typeof value.thenCatch === 'function'

  /** A promise whose work has ended. */
  function promise({ get, onValue, onError }) {
    const always = (use) => {
      use()
      return self
    }
    const self = {
      get,
      getOrThrow: get,
      isDone: () => true,
      // biome-ignore lint/suspicious/noThenProperty: scripts call it, as on the vendor's engine.
      then: onValue,
      thenAsync: onValue,
      thenCatch: (handle) => onError(handle, self),
      thenAlways: always,
      thenFinally: always,
    }
    return self
  }

  /** A Java promise whose value is already available. */
  function settled(value) {
    if (isPromise(value)) return value
    return promise({
      get: () => value,
      onValue: (use) => promised(() => use(value)),
      onError: (_, self) => self,
    })
  }

  /** A Java promise that failed. Handlers get the Java exception. */
  function failed(error) {
    return promise({
      get() {
        throw error
      },
      onValue: (_, handle) =>
        handle === undefined ? failed(error) : promised(() => handle(error.javaException)),
      onError: (handle) => promised(() => handle(error.javaException)),
    })
  }

  const httpClient = {
    send: (url, options) => promised(() => response(call('httpClient.send', requestOf(url, options)))),
  }

  guest.settled = settled
  guest.exposeConstant(kinds.nextGeneration, 'httpClient', httpClient)
}
