// HTTP of legacy scripts: org.forgerock.http.protocol, and the older methods of httpClient.
;(guest) => {
  const { hasOwn } = guest.builtins
  const { kinds, call, list, javaClass, hidden } = guest
  const { isArray } = Array

  const encode = (value) => encodeURIComponent(value).replace(/%20/g, '+')
  const decode = (value) => decodeURIComponent(value.replace(/\+/g, ' '))

  /** Fields of a form: lists of values by name. */
  class Form {
    #fields = {}
    static withText(text) {
      return new Form().fromFormString(text)
    }
    add(name, value) {
      const values = this.#fields[name] || list([])
      values.add(`${value}`)
      this.#fields[name] = values
    }
    put(name, values) {
      this.#fields[name] = list([...values].map((value) => `${value}`))
    }
    putSingle(name, value) {
      this.#fields[name] = list([`${value}`])
    }
    addAll(other) {
      for (const name of other.keySet()) for (const value of other.get(name)) this.add(name, value)
    }
    get(name) {
      return hasOwn(this.#fields, name) ? this.#fields[name] : null
    }
    getFirst(name) {
      return hasOwn(this.#fields, name) ? this.#fields[name][0] : null
    }
    remove(name) {
      const before = this.get(name)
      delete this.#fields[name]
      return before
    }
    containsKey(name) {
      return hasOwn(this.#fields, name)
    }
    keySet() {
      return list(Object.keys(this.#fields))
    }
    size() {
      return Object.keys(this.#fields).length
    }
    isEmpty() {
      return this.size() === 0
    }
    fromFormString(text) {
      for (const pair of `${text}`.split('&').filter((part) => part !== '')) {
        const at = pair.indexOf('=')
        this.add(decode(at < 0 ? pair : pair.slice(0, at)), at < 0 ? '' : decode(pair.slice(at + 1)))
      }
      return this
    }
    fromQueryString(text) {
      return this.fromFormString(text)
    }
    fromRequestQuery(request) {
      return this.fromFormString(queryOf(request.getUri()))
    }
    fromRequestEntity(request) {
      return isForm(request) ? this.fromFormString(request.getEntity().getString()) : this
    }
    toFormString() {
      const pairs = Object.keys(this.#fields).map((name) =>
        this.#fields[name].map((value) => `${encode(name)}=${encode(value)}`),
      )
      return [].concat(...pairs).join('&')
    }
    toQueryString() {
      return this.toFormString()
    }
    toString() {
      return this.toFormString()
    }
    toRequestEntity(request) {
      request.setEntity(this)
    }
    toRequestQuery(request) {
      request.setUri(`${request.getUri().split('?')[0]}?${this.toFormString()}`)
    }
    appendRequestQuery(request) {
      const [address] = request.getUri().split('?')
      const all = [queryOf(request.getUri()), this.toFormString()].filter((text) => text !== '')
      request.setUri(`${address}?${all.join('&')}`)
    }
  }

  const formType = 'application/x-www-form-urlencoded'
  const queryOf = (uri) => (uri.includes('?') ? uri.slice(uri.indexOf('?') + 1) : '')
  const isForm = (request) => `${request.getHeaders().getFirst('Content-Type')}`.startsWith(formType)

  /** Headers by case-insensitive name. A name has one or more values. */
  function headersOf(values) {
    const find = (name) =>
      Object.keys(values).find((known) => known.toLowerCase() === `${name}`.toLowerCase()) ?? `${name}`
    const all = (name) => values[find(name)] || []
    const textsOf = (value) => (isArray(value) ? value : [value]).map((text) => `${text}`)
    return hidden(
      {},
      {
        add(name, value) {
          values[find(name)] = [...all(name), ...textsOf(value)]
        },
        put(name, value) {
          values[find(name)] = textsOf(value)
        },
        remove: (name) => delete values[find(name)],
        getFirst: (name) => (all(name).length === 0 ? null : all(name)[0]),
        get: (name) => list([...all(name)]),
        containsKey: (name) => all(name).length > 0,
        keySet: () => list(Object.keys(values)),
        toString: () => JSON.stringify(values),
      },
    )
  }

  /** The body of a message. `announce` sets the type of the content, if the script has not. */
  function entityOf(announce, text = '') {
    let body = text
    const entity = {
      getString: () => body,
      setString(value) {
        body = `${value}`
      },
      getJson: () => guest.javaValue(guest.parse(body)),
      setJson(value) {
        announce('application/json; charset=UTF-8')
        body = JSON.stringify(value)
      },
      getForm: () => Form.withText(body),
      setForm(form) {
        announce(formType)
        body = form.toFormString()
      },
      setBytes(value) {
        body = guest.bytes.types.bytesToString(value)
      },
      getBytes: () => guest.bytes.types.stringToBytes(body),
      isEmpty: () => body === '',
      toString: () => body,
    }
    return hidden({}, entity)
  }

  /** Sets a body of any kind. */
  function write(entity, value) {
    if (value instanceof Form) entity.setForm(value)
    else if (typeof value === 'object' && value !== null) entity.setString(JSON.stringify(value))
    else entity.setString(value)
  }

  class HttpRequest {
    #url = ''
    #method = 'GET'
    #values = {}
    #headers = headersOf(this.#values)
    #hasEntity = false
    #entity = entityOf((type) => {
      if (!this.#headers.containsKey('Content-Type')) this.#headers.put('Content-Type', type)
    })
    setUri(uri) {
      this.#url = `${uri}`
      return this
    }
    getUri() {
      return this.#url
    }
    setMethod(method) {
      this.#method = `${method}`.toUpperCase()
      return this
    }
    getMethod() {
      return this.#method
    }
    getHeaders() {
      return this.#headers
    }
    addHeaders(...headers) {
      for (const header of headers) this.#headers.add(header.getName(), header.getValues())
      return this
    }
    setEntity(body) {
      write(this.getEntity(), body)
      return this
    }
    getEntity() {
      this.#hasEntity = true
      return this.#entity
    }
    /** The fields of query and body. A copy: the form's `toRequestEntity` and `toRequestQuery` write it. */
    getForm() {
      const form = new Form().fromRequestQuery(this)
      return form.fromRequestEntity(this)
    }
    getQueryParams() {
      return new Form().fromRequestQuery(this)
    }
    static wire(request) {
      const headers = {}
      for (const name of Object.keys(request.#values)) headers[name] = request.#values[name].join(', ')
      const wired = { url: request.#url, method: request.#method, headers }
      const body = request.#entity.getString()
      return request.#hasEntity && body !== '' ? { ...wired, body } : wired
    }
  }

  const reasons = {
    200: 'OK',
    201: 'Created',
    400: 'Bad Request',
    401: 'Unauthorized',
    403: 'Forbidden',
    404: 'Not Found',
  }

  function statusOf(code, reason = reasons[code] || '') {
    return hidden(
      {},
      {
        getCode: () => code,
        getReasonPhrase: () => reason,
        isSuccessful: () => code >= 200 && code < 300,
        isRedirection: () => code >= 300 && code < 400,
        isClientError: () => code >= 400 && code < 500,
        isServerError: () => code >= 500,
        toString: () => `[Status: ${code} ${reason}]`,
      },
    )
  }

  const Status = {
    valueOf: (code, reason) => statusOf(code, reason),
    ...{ OK: statusOf(200), CREATED: statusOf(201), BAD_REQUEST: statusOf(400), UNAUTHORIZED: statusOf(401) },
    ...{
      FORBIDDEN: statusOf(403),
      NOT_FOUND: statusOf(404),
      INTERNAL_SERVER_ERROR: statusOf(500, 'Internal Server Error'),
    },
  }

  /** Cookies that a response sets: names and values. */
  function cookiesOf(headers) {
    const cookies = {}
    for (const line of headers.get('Set-Cookie')) {
      const [pair] = line.split(';')
      const at = pair.indexOf('=')
      if (at > 0) cookies[pair.slice(0, at).trim()] = pair.slice(at + 1).trim()
    }
    return guest.javaValue(cookies)
  }

  function response({ status, statusText, headers: values, body }) {
    let current = statusOf(status, statusText)
    const headers = headersOf(values)
    const entity = entityOf(() => {}, body)
    return {
      getStatus: () => current,
      setStatus(next) {
        current = next
      },
      getEntity: () => entity,
      setEntity: (value) => write(entity, value),
      /** Always null, because a failed request throws. */
      getCause: () => null,
      getHeaders: () => headers,
      getStatusCode: () => current.getCode(),
      getReasonPhrase: () => current.getReasonPhrase(),
      hasHeaders: () => headers.keySet().size() > 0,
      getCookies: () => cookiesOf(headers),
      hasCookies: () => cookiesOf(headers).size() > 0,
    }
  }

  const { wire } = HttpRequest
  const send = (request) => response(call('httpClient.send', request))

  /** The request of the older methods: headers and cookies are lists of `{ field, value }`. */
  function olderRequest(method, url, options, body) {
    const headers = {}
    for (const { field, value } of options?.headers || []) headers[field] = `${value}`
    const cookies = (options?.cookies || []).map(({ field, value }) => `${field}=${value}`)
    if (cookies.length > 0) headers.Cookie = cookies.join('; ')
    const request = { url: `${url}`, method, headers }
    return body === undefined ? request : { ...request, body: `${body}` }
  }

  const httpClient = {
    send(request) {
      if (!(request instanceof HttpRequest)) throw new TypeError('httpClient.send expects a Request')
      return guest.settled(send(wire(request)))
    },
    get: (url, options) => send(olderRequest('GET', url, options)),
    post: (url, body, options) => send(olderRequest('POST', url, options, body)),
  }

  const empty = (status = Status.OK) =>
    response({ status: status.getCode(), statusText: status.getReasonPhrase(), headers: {}, body: '' })

  guest.javaPackage('org.forgerock.http.protocol', () => ({
    Request: javaClass(() => new HttpRequest()),
    Form: javaClass(() => new Form()),
    Response: javaClass(empty),
    Entity: javaClass(() => entityOf(() => {})),
    Headers: javaClass(() => headersOf({})),
    Status,
  }))
  guest.exposeConstant(kinds.legacy, 'httpClient', httpClient)
}
