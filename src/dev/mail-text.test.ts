import { expect, test } from 'vitest'
import { readableMail } from './mail-text.ts'

test('shows an HTML email as text, with the links and codes in it', () => {
  const body = `<style>p { color: #123456 }</style><p>Your code is <b>48213377</b>.</p>
    <p><a href="https://example.com/reset?a=1&amp;code=99887766">Reset</a> or <a href="javascript:alert(1)">not</a></p>`
  expect(readableMail({ body, isHtml: true })).toEqual({
    text: 'Your code is 48213377.\nReset or not',
    links: ['https://example.com/reset?a=1&code=99887766'],
    codes: ['48213377'],
  })
})

test('finds each link and code of a text once, without punctuation', () => {
  const body = 'Open https://example.com/a?id=123456. Code: 0042, again 0042, in (https://example.com/b).'
  expect(readableMail({ body, isHtml: false })).toEqual({
    text: body,
    links: ['https://example.com/a?id=123456', 'https://example.com/b'],
    codes: ['0042'],
  })
})
