import { expect, test } from 'vitest'
import { writtenSecrets } from '../walk-secrets.ts'
import { TraceMask } from './trace-mask.ts'

const secret = 'a"b c/1'
const mask = new TraceMask([secret, '12345678', ''])

test('masks a known secret in texts, names, numbers, addresses and JSON', () => {
  expect(mask.known(`x ${secret} y`)).toBe('x •••••• y')
  expect(mask.known(`https://a.example/${encodeURIComponent(secret)}`)).toBe('https://a.example/••••••')
  expect(mask.known('123 456 78 or 123-456-78')).toBe('•••••• or ••••••')
  expect(mask.known(JSON.stringify({ name: secret }))).toBe('{"name":"••••••"}')
  expect(mask.json({ [`is ${secret}`]: [12_345_678, 7] })).toEqual({ 'is ••••••': ['••••••', 7] })
})

test('masks tokens, links and members with names of secrets', () => {
  expect(mask.text('got eyJhbGciOi.eyJzdWIi.x and more')).toBe('got •••••• and more')
  expect(mask.text('open https://a.example/?code=1 now')).toBe('open •••••• now')
  expect(mask.json({ accessToken: 'x', user: 'alex' })).toEqual({ accessToken: '••••••', user: 'alex' })
})

test('masks codes in what the journey sends', () => {
  expect(mask.sent('837261 is your code, or 837 261')).toBe('•••••• is your code, or ••••••')
  expect(mask.sent('version 1.2024.3 of x12345')).toBe('version 1.2024.3 of x12345')
  expect(mask.body('{"text":"Code: 8372","score":8372}')).toEqual({ text: 'Code: ••••••', score: 8372 })
  expect(mask.body('to=alex&password=x&text=8372')).toEqual({
    to: 'alex',
    password: '••••••',
    text: '••••••',
  })
  expect(mask.body('Your code is 8372.')).toBe('Your code is ••••••.')
})

test('masks secret settings, and leaves flags and numbers', () => {
  const settings = {
    bind: 'x',
    apiKey: 'y',
    token: '',
    secret: true,
    url: 'https://u:p@a.example',
    list: [{ password: 'z' }],
    length: 8,
  }
  expect(mask.settings(settings, ['bind'])).toEqual({
    ...{ bind: '••••••', apiKey: '••••••', token: '', secret: true, url: '••••••' },
    ...{ list: [{ password: '••••••' }], length: 8 },
  })
})

test('masks assignments of secrets in sources', () => {
  expect(mask.source(`var apiKey = 'k'\nvar user = '${secret}'`)).toBe(
    "var apiKey = '••••••'\nvar user = '••••••'",
  )
})

test('finds the secrets that a walk file contains', () => {
  const found = writtenSecrets({
    esv: {
      'risk.url': 'https://risk.example',
      'risk.key': 'Key-of-the-risk',
      'risk.token': 'https://risk.example/',
    },
    people: { alex: { password: 'Written-Pass', mail: 'alex@example.com' } },
    walks: [
      {
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a value of walk files
        esv: { other: '${made} and more' },
        steps: [
          { answer: { PasswordCallback: 'Typed-Pass', NameCallback: 'alexander' } },
          { answer: { KbaCreateCallback: { answer: 'First-Pet-Name' } } },
          { mail: { keep: { token: '/Token: (.*)/' } } },
          { answer: { PasswordCallback: 'wrong' } },
        ],
        http: [{ reply: { json: { access_token: 'Token-Of-Reply' } } }],
      },
    ],
  })
  expect(found.toSorted()).toEqual([
    'First-Pet-Name',
    'Key-of-the-risk',
    'Token-Of-Reply',
    'Typed-Pass',
    'Written-Pass',
    'https://risk.example/',
  ])
})
