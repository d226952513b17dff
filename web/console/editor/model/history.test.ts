import { describe, expect, it } from 'vitest'
import { endGesture, record, redo, startHistory, undo } from './history.ts'

describe('the history', () => {
  it('undoes and redoes', () => {
    const done = record(record(startHistory('a'), 'b', 'B'), 'c', 'C')

    expect(undo(done).present).toBe('b')
    expect(undo(undo(done)).present).toBe('a')
    expect(redo(undo(undo(done))).present).toBe('b')
    expect(redo(redo(undo(undo(done)))).present).toBe('c')
  })

  it('stays unchanged without a step to undo or redo', () => {
    const history = startHistory('a')

    expect(undo(history)).toBe(history)
    expect(redo(history)).toBe(history)
  })

  it('records one step per gesture', () => {
    let history = startHistory('')
    for (const text of ['h', 'he', 'hey']) history = record(history, text, 'Rename', 'name')
    history = record(endGesture(history), 'hey you', 'Rename', 'name')

    expect(undo(history).present).toBe('hey')
    expect(undo(undo(history)).present).toBe('')
  })

  it('discards undone steps after a new change', () => {
    const history = record(undo(record(startHistory('a'), 'b', 'B')), 'c', 'C')

    expect(redo(history).present).toBe('c')
    expect(history.future).toEqual([])
  })

  it('gives the labels of undo and redo', () => {
    const done = record(startHistory('a'), 'b', 'Move Page')

    expect(done.past.at(-1)?.label).toBe('Move Page')
    expect(undo(done).future[0]?.label).toBe('Move Page')
  })

  it('keeps two hundred steps', () => {
    let history = startHistory(0)
    for (let step = 1; step <= 250; step += 1) history = record(history, step, 'Count')
    for (let step = 0; step < 300; step += 1) history = undo(history)

    expect(history.present).toBe(50)
  })

  it('records nothing without a change', () => {
    const history = startHistory('a')

    expect(record(history, 'a', 'Nothing')).toBe(history)
  })
})
