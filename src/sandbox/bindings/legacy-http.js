// HTTP requests of legacy scripts: org.forgerock.http.protocol.Request and Response.
;(guest) => {
  const { kinds, call, list } = guest

  class HttpRequest {
    #request = { url: '', method: 'GET', headers: {} }
    setUri(uri) {
      this.#request.url = `${uri}`
      return this
    }
    setMethod(method) {
      this.#request.method = `${method}`.toUpperCase()
      return this
    }
    getHeaders() {
      const { headers } = this.#request
      const put = (name, value) => {
        headers[name] = `${value}`
      }
      return { add: put, put }
    }
    setEntity(body) {
      this.#request.body = typeof body === 'object' && body !== null ? JSON.stringify(body) : `${body}`
      return this
    }
    getEntity() {
      return { setString: (body) => this.setEntity(`${body}`), setJson: (body) => this.setEntity(body) }
    }
    static wire(request) {
      return request.#request
    }
  }

  function response({ status, statusText, headers, body }) {
    const named = guest.caseInsensitive(headers)
    return {
      getStatus: () => ({
        getCode: () => status,
        getReasonPhrase: () => statusText,
        isSuccessful: () => status >= 200 && status < 300,
        toString: () => `[Status: ${status} ${statusText}]`,
      }),
      getEntity: () => ({ getString: () => body, getJson: () => guest.javaValue(guest.parse(body)) }),
      /** Always null, because a failed request throws. */
      getCause: () => null,
      getHeaders: () => ({
        getFirst: (name) => (named.get(name) || [null])[0],
        get: (name) => list([...(named.get(name) || [])]),
      }),
    }
  }

  const { wire } = HttpRequest
  const httpClient = {
    send(request) {
      if (!(request instanceof HttpRequest)) throw new TypeError('httpClient.send expects a Request')
      return guest.settled(response(call('httpClient.send', wire(request))))
    },
  }

  guest.javaPackage('org.forgerock.http.protocol', () => ({
    Request: guest.javaClass(() => new HttpRequest()),
  }))
  guest.exposeConstant(kinds.legacy, 'httpClient', httpClient)
}
