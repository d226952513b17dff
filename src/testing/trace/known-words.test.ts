import { expect, test } from 'vitest'
import { KnownWords } from './known-words.ts'

const words = new KnownWords()
words.add({ en: ['Hello, your code is {{code}}.', '<p>It ends in 10 minutes. Case 123456, v2.</p>'] })
words.add(['alex@example.com', 'for (i = 4; i < 8; 2, 9) is 42'])

test.each([
  [
    'Hello, your code is 482913. It ends in 10 minutes.',
    'Hello, your code is ••••••. It ends in 10 minutes.',
  ],
  ['your code is QWERTZ', 'your code is ••••••'],
  ['your code is 4 8 2 9', 'your code is •••••• •••••• •••••• ••••••'],
  ['your code is 48-29', 'your code is ••••••'],
  ['your code is a+b/c_d==', 'your code is ••••••=='],
  ['Hello Alex', 'Hello ••••••'],
  ['hello', '••••••'],
  ['your code is 42', 'your code is ••••••'],
  ['42 is your code', '•••••• is your code'],
  ['10 Hello', '•••••• Hello'],
  ['Case 123456', 'Case ••••••'],
  ['Hello alex@example.com', 'Hello alex@example.com'],
  ['code: https://example.com/', 'code: ••••••'],
  ['code (myapp://alex/example)', 'code ••••••'],
  ['www.example.com', '••••••'],
  ['Hello 日本語', 'Hello ••••••'],
  ['', ''],
])('shows of %j only what is known', (text, expected) => {
  expect(words.only(text)).toBe(expected)
})
