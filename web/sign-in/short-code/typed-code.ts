import { bareShortCode } from '../../api/short-codes.ts'

/** A text field: its text, and the place of the caret. */
export type Typed = { text: string; caret: number }

const groupLength = 4

/**
 * Shows a code in groups of four while it is typed, and keeps the caret behind the same letter. Texts that can't be a code stay as
 * they are, so that people can correct them.
 */
export function grouped({ text, caret }: Typed): Typed {
  const letters = bareShortCode(text)
  if (!/^[A-Z0-9]{1,8}$/.test(letters)) return { text, caret }
  const before = bareShortCode(text.slice(0, caret)).length
  const isBeyondGroup = before > groupLength
  return {
    text: [letters.slice(0, groupLength), letters.slice(groupLength)].filter(Boolean).join('-'),
    caret: before + (isBeyondGroup ? 1 : 0),
  }
}

/** The code in a link `…/c#XKKM-MQRR`; empty without one. */
export function codeInFragment(hash: string): string {
  const text = hash.replace(/^#/, '')
  try {
    return decodeURIComponent(text).slice(0, 40)
  } catch {
    return ''
  }
}
