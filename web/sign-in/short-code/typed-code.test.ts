import { describe, expect, it } from 'vitest'
import { codeInFragment, grouped } from './typed-code.ts'

const typed = (text: string, caret = text.length) => grouped({ text, caret })

describe('a code while it is typed', () => {
  it.each([
    ['x', 'X', 1],
    ['xkkm', 'XKKM', 4],
    ['XKKMm', 'XKKM-M', 6],
    ['XKKM-', 'XKKM', 4],
    ['xk km mq rr', 'XKKM-MQRR', 9],
    ['XKKM\u2013MQRR', 'XKKM-MQRR', 9],
    ['\uff38\uff2b\uff2b\uff2d\uff2d', 'XKKM-M', 6],
  ])('%j is shown as %j', (text, shown, caret) => {
    expect(typed(text)).toEqual({ text: shown, caret })
  })

  it('keeps the caret behind the same letter', () => {
    expect(typed('XKZKM-MQR', 3)).toEqual({ text: 'XKZK-MMQR', caret: 3 })
    expect(typed('XKKM-MQZRR'.slice(0, 9), 8)).toEqual({ text: 'XKKM-MQZR', caret: 8 })
  })

  it.each(['', 'كود', 'XKKM-MQRRT', 'ХKKM'])('%j stays as it is', (text) => {
    expect(typed(text, 0)).toEqual({ text, caret: 0 })
  })
})

it.each([
  ['', ''],
  ['#XKKM-MQRR', 'XKKM-MQRR'],
  ['#XKKM%20MQRR', 'XKKM MQRR'],
  ['#%', ''],
])('the fragment %j holds the code %j', (hash, code) => {
  expect(codeInFragment(hash)).toBe(code)
})
