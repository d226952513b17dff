import { expect, it } from 'vitest'
import { emptyDraft, failureId, successId } from './draft.ts'
import { nodeWidth } from './geometry.ts'
import { positionOf, withEndsBeside } from './positions.ts'

it('moves both ends beside a new node that would cover one of them, and leaves them otherwise', () => {
  const draft = emptyDraft('Login')
  const before = positionOf(draft, {}, successId)
  const moved = withEndsBeside(draft, {}, { x: before.x - 40, y: before.y })
  for (const id of [successId, failureId]) {
    expect(positionOf(moved, {}, id)).toEqual({
      x: before.x - 40 + nodeWidth + 64,
      y: positionOf(draft, {}, id).y,
    })
  }
  expect(withEndsBeside(draft, {}, { x: before.x, y: before.y + 400 })).toBe(draft)
})
