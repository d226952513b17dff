import { describe, expect, it } from 'vitest'
import { callback, textOutput } from '../engine/callbacks.ts'
import type { RequestView } from '../engine/node-type.ts'
import { zeroPageAnswers, zeroPageOf } from './zero-page.ts'

function headersOf(headers: Record<string, string>): RequestView {
  return {
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    parameters: {},
    cookies: {},
    persistentCookies: {},
    locales: [],
    messageLocales: [],
    baseUrl: 'http://127.0.0.1:8080/am',
    callersUrl: 'http://127.0.0.1:8080/am',
    pageOrigins: ['http://127.0.0.1:8080'],
    clientIp: '127.0.0.1',
    proxyAddress: undefined,
  }
}

const both = () => zeroPageOf(headersOf({ 'x-openam-username': 'alice', 'x-openam-password': 'pw' }))
const name = callback('NameCallback', { prompt: 'User Name' })
const password = callback('PasswordCallback', { prompt: 'Password' })

describe('zero page headers', () => {
  it('answer the name and the password', () => {
    expect(zeroPageAnswers([name, password], both())).toEqual([
      { ...name, input: { '': 'alice' } },
      { ...password, input: { '': 'pw' } },
    ])
  })

  it('answer callbacks of a page in their places', () => {
    expect(
      zeroPageAnswers(
        [
          { ...password, id: 0 },
          { ...name, id: 1 },
        ],
        both(),
      )?.map(({ id }) => id),
    ).toEqual([0, 1])
  })

  it('may be encoded words', () => {
    const zeroPage = zeroPageOf(headersOf({ 'x-openam-username': '=?UTF-8?B?w4l2YQ==?=' }))
    expect(zeroPageAnswers([name], zeroPage)?.[0]?.input).toEqual({ '': 'Éva' })
  })

  it('may be empty: a blank password is an answer', () => {
    const zeroPage = zeroPageOf(headersOf({ 'x-openam-password': '' }))
    expect(zeroPageAnswers([password], zeroPage)?.[0]?.input).toEqual({ '': '' })
  })

  it('answer once, so that a journey that asks again asks the client', () => {
    const zeroPage = both()
    expect(zeroPageAnswers([name], zeroPage)).toBeDefined()
    expect(zeroPageAnswers([name], zeroPage)).toBeUndefined()
    expect(zeroPageAnswers([password], zeroPage)).toBeDefined()
  })

  it.each([
    ['a callback of another kind', [name, callback('ChoiceCallback', { choices: ['a'] })]],
    ['a text among them', [textOutput('Welcome'), name]],
    ['two callbacks of one kind', [name, name]],
    ['no callback at all', []],
  ])('answer nothing and stay unused if the step has %s', (_what, callbacks) => {
    const zeroPage = both()
    expect(zeroPageAnswers(callbacks, zeroPage)).toBeUndefined()
    expect([...zeroPage.keys()]).toEqual(['NameCallback', 'PasswordCallback'])
  })

  it('answer nothing if one of them is missing', () => {
    const zeroPage = zeroPageOf(headersOf({ 'x-openam-username': 'alice' }))
    expect(zeroPageAnswers([name, password], zeroPage)).toBeUndefined()
    expect(zeroPageAnswers([name], zeroPage)).toBeDefined()
  })

  it('are absent from most requests', () => {
    expect(zeroPageOf(headersOf({ accept: '*/*' })).size).toBe(0)
  })
})
