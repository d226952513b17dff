import { expect, test } from 'vitest'
import { Browser } from './browser.ts'
import { journeyClient, type Send } from './journey-client.ts'

test('submits forms of other sites with the cookies of the browser', async () => {
  const sent: Parameters<Send>[0][] = []
  const send: Send = async (request) => {
    sent.push(request)
    return {
      status: 302,
      body: '',
      cookies: ['known=yes; Path=/'],
      location: 'https://app.example.com/?key=1',
    }
  }
  const browser = new Browser()
  browser.set('seen', 'before')
  const client = journeyClient(send, '/alpha', { browser, now: () => 0 })
  const location = await client.submit('http://localhost/am/AuthConsumer?a=1', { SAMLResponse: 'a b' })
  expect(location).toBe('https://app.example.com/?key=1')
  expect(sent).toEqual([
    {
      method: 'POST',
      path: '/am/AuthConsumer?a=1',
      headers: { 'content-type': 'application/x-www-form-urlencoded', cookie: 'seen=before' },
      body: 'SAMLResponse=a+b',
    },
  ])
  expect(browser.header).toBe('seen=before; known=yes')
})
