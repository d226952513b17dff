import { expect, test } from 'vitest'
import type { JsonObject } from '../base/json.ts'
import { emailTemplateSchema } from './email-template.ts'
import { renderTemplate } from './render-template.ts'

const template = {
  from: 'desk@example.com',
  subject: { en: 'Hello {{object.givenName}}', fr: 'Bonjour {{object.givenName}}' },
  message: { en: '<p>{{object.givenName}}</p>', fr: '<p>Salut {{object.givenName}}</p>' },
}
const rendered = (change: JsonObject, object: JsonObject, locales: string[] = []) =>
  renderTemplate(emailTemplateSchema.parse({ ...template, ...change }), {
    to: 'kim@example.com',
    object,
    locales,
  })

test('renders an email from a template', () => {
  expect(rendered({}, { givenName: 'Kim' })).toEqual({
    from: 'desk@example.com',
    to: 'kim@example.com',
    subject: 'Hello Kim',
    body: '<p>Kim</p>',
    isHtml: true,
  })
})

test.each([
  [['fr-CA', 'en'], 'Bonjour Kim'],
  [['de'], 'Hello Kim'],
  [[], 'Hello Kim'],
])('shows readers of %j: %s', (locales, subject) => {
  expect(rendered({}, { givenName: 'Kim' }, locales).subject).toBe(subject)
})

test("prefers the template's default language to its first", () => {
  expect(rendered({ defaultLocale: 'fr' }, { givenName: 'Kim' }, ['de']).subject).toBe('Bonjour Kim')
  expect(rendered({ defaultLocale: 'it' }, { givenName: 'Kim' }, ['de']).subject).toBe('Hello Kim')
})

test('escapes values in HTML', () => {
  const { body, subject } = rendered({}, { givenName: '<b>"Kim" & \'Co\'</b>' })
  expect(body).toBe('<p>&lt;b&gt;&quot;Kim&quot; &amp; &#39;Co&#39;&lt;/b&gt;</p>')
  expect(subject).toBe('Hello <b>"Kim" & \'Co\'</b>')
})

test('escapes values in triple braces and links', () => {
  const message = { en: '<a href="{{object.resumeURI}}">{{{ object.name }}}</a>' }
  expect(rendered({ message }, { resumeURI: 'https://x.example/?a=1&b=2', name: '<i>' }).body).toBe(
    '<a href="https://x.example/?a=1&amp;b=2">&lt;i&gt;</a>',
  )
})

test('keeps the subject on one line', () => {
  expect(rendered({}, { givenName: 'Kim\r\nBcc: all@example.com' }).subject).toBe(
    'Hello Kim Bcc: all@example.com',
  )
})

test('fills in nested members, empties missing ones and leaves other braces alone', () => {
  const message = {
    en: '[{{object.none}}][{{object.preferences.updates}}][{{object.list}}][{{ other }}][{{object.__proto__.x}}]',
  }
  expect(rendered({ message }, { preferences: { updates: true }, list: [1] }).body).toBe(
    '[][true][[1]][{{ other }}][]',
  )
})

test('leaves values in plain text unescaped', () => {
  const change = { mimeType: 'text/plain', message: { en: '{{object.givenName}}' } }
  expect(rendered(change, { givenName: '<Kim>' })).toMatchObject({ body: '<Kim>', isHtml: false })
})

test('reads the body of templates from the newer editor', () => {
  expect(rendered({ message: {}, html: { en: 'Hi' } }, {}).body).toBe('Hi')
  expect(rendered({ message: {} }, {}).body).toBe('')
})
