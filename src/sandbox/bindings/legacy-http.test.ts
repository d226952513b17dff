import { afterAll, expect, test } from 'vitest'
import type { Json } from '../../base/json.ts'
import { createScriptEngine } from '../create-script-engine.ts'
import { run } from '../fixtures/script-job.ts'

const engine = createScriptEngine({ workers: 1 })
afterAll(() => engine.close())

const imports = `var p = org.forgerock.http.protocol
  var request = new p.Request(); request.setUri('https://x.example/a?q=1'); request.setMethod('POST')\n`

/** Runs a legacy script. @returns its outcome, and the requests that it sent. */
async function sentBy(source: string, response: Record<string, Json> = {}) {
  const sent: (Json | undefined)[] = []
  const { outcome } = await run(engine, imports + source, { kind: 'legacyDecision' }, async ({ args }) => {
    sent.push(args[0])
    return { status: 200, statusText: 'OK', headers: {}, body: 'a=1&b=x+y', ...response }
  })
  return { outcome, sent }
}

const form = { 'Content-Type': 'application/x-www-form-urlencoded' }

test.each([
  [
    'getForm',
    `var form = request.getForm(); form.add('To', '+1 5'); form.toRequestEntity(request)`,
    'q=1&To=%2B1+5',
  ],
  [
    'a new Form',
    `var form = new p.Form(); form.putSingle('a', 'ä&'); form.toRequestEntity(request)`,
    'a=%C3%A4%26',
  ],
  [
    'setForm',
    `var form = new p.Form(); form.add('a', 1); form.add('a', 2); request.getEntity().setForm(form)`,
    'a=1&a=2',
  ],
  ['setEntity', `var form = new p.Form().fromFormString('a=1&b'); request.setEntity(form)`, 'a=1&b='],
])('sends a form from %s', async (_case, source, body) => {
  const { sent } = await sentBy(`${source}; httpClient.send(request)`)
  expect(sent).toEqual([{ url: 'https://x.example/a?q=1', method: 'POST', headers: form, body }])
})

test('a form of a request is a copy, and writes the query', async () => {
  const { outcome, sent } = await sentBy(
    `request.getForm().add('lost', 1)
     var form = new p.Form(); form.add('b', '2 3'); form.appendRequestQuery(request)
     outcome = [request.getForm().getFirst('b'), request.getForm().get('q').get(0), request.getForm().keySet().size()]
     httpClient.send(request)`,
  )
  expect(outcome).toEqual(['2 3', '1', 2])
  expect(sent).toEqual([{ url: 'https://x.example/a?q=1&b=2+3', method: 'POST', headers: {} }])
})

test('headers have several values, and names in any case', async () => {
  const { outcome, sent } = await sentBy(
    `var headers = request.getHeaders()
     headers.add('Accept', 'a'); headers.add('accept', 'b'); headers.put('X-One', 1); headers.add('X-Gone', 'x')
     headers.remove('x-gone')
     outcome = [headers.getFirst('ACCEPT'), headers.get('accept').size(), headers.containsKey('x-gone')]
     request.setEntity({ a: 1 }); httpClient.send(request)`,
  )
  expect(outcome).toEqual(['a', 2, false])
  const headers = { Accept: 'a, b', 'X-One': '1' }
  expect(sent).toEqual([{ url: 'https://x.example/a?q=1', method: 'POST', headers, body: '{"a":1}' }])
})

test('a response has a form, cookies and headers', async () => {
  const headers = { 'set-cookie': ['s=1; Path=/', 't=a=b'], 'x-a': ['1', '2'] }
  const { outcome } = await sentBy(
    `var r = httpClient.send(request).get()
     outcome = [r.getEntity().getForm().getFirst('b'), r.getCookies().get('t'), r.hasCookies(), r.hasHeaders(),
       r.getHeaders().get('X-A').size(), r.getStatusCode(), r.getReasonPhrase(), r.getStatus().isSuccessful()]`,
    { headers },
  )
  expect(outcome).toEqual(['x y', 'a=b', true, true, 2, 200, 'OK', true])
})

test('sends with the older methods get and post', async () => {
  const options = `{ headers: [{ field: 'A', value: 'b' }], cookies: [{ domain: 'x', field: 'c', value: 'd' }] }`
  const { outcome, sent } = await sentBy(
    `outcome = [httpClient.get('https://x.example', ${options}).getStatusCode(),
       String(httpClient.post('https://x.example', 'body', {}).getEntity())]`,
  )
  expect(outcome).toEqual([200, 'a=1&b=x+y'])
  expect(sent).toEqual([
    { url: 'https://x.example', method: 'GET', headers: { A: 'b', Cookie: 'c=d' } },
    { url: 'https://x.example', method: 'POST', headers: {}, body: 'body' },
  ])
})

test('a script makes a response of its own', async () => {
  const { outcome } = await sentBy(
    `var r = new p.Response(p.Status.NOT_FOUND); r.setEntity({ a: 1 })
     outcome = [r.getStatus().getCode(), r.getEntity().getJson().get('a'), r.getStatus().isClientError()]`,
  )
  expect(outcome).toEqual([404, 1, true])
})

test('a script changes the parameters that it sees itself', async () => {
  const request = { headers: {}, parameters: { Locale: ['en'] }, cookies: {}, locales: ['en'] }
  const { outcome } = await run(
    engine,
    `requestParameters.put('locale', ['de']); requestParameters.put('more', ['x'])
     outcome = [requestParameters.get('LOCALE')[0], requestParameters.get('more').get(0), requestParameters.get('none'),
       requestParameters.containsKey('MORE'), Object.keys(requestParameters)]`.replace(
      ".get('more').get(0)",
      ".get('more')[0]",
    ),
    { kind: 'legacyDecision', request },
  )
  expect(outcome).toEqual(['de', 'x', null, true, ['Locale', 'more']])
  expect(request.parameters).toEqual({ Locale: ['en'] })
})
