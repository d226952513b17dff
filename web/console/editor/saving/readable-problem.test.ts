import { describe, expect, it } from 'vitest'
import { readableProblem } from './readable-problem.ts'

const invalid = 'Data validation failed for the attribute, '

describe('a problem of a refused save', () => {
  it.each([
    ['Data Key: dataKey: Invalid input: expected string, received undefined', 'Data Key is required.'],
    ['Data Key: dataKey: Too small: expected string to have >=1 characters', 'Data Key is required.'],
    [
      'Attributes: attributes: Too small: expected array to have >=1 items',
      'Attributes needs at least 1 entry.',
    ],
    ['Amount: amount: Too small: expected number to be >=2', 'Amount must be at least 2.'],
    ['Amount: amount: Too small: expected number to be >0', 'Amount must be more than 0.'],
    ['Amount: amount: Too big: expected number to be <=9', 'Amount must be at most 9.'],
    ['Amount: amount: Invalid input: expected number, received string', 'Amount must be of type number.'],
    ['Script: there is no script 7', 'Script: there is no script 7'],
  ])('is worded for people: %s', (message, text) => {
    expect(readableProblem(invalid + message)).toEqual({ node: undefined, text })
  })

  it('names the node', () => {
    const message = `Notify: now (BackchannelNotificationNode): ${invalid}Data Key: dataKey: Invalid input: expected string, received undefined`
    expect(readableProblem(message)).toEqual({ node: 'Notify: now', text: 'Data Key is required.' })
  })

  it('explains a missing first node', () => {
    expect(readableProblem('Node with ID entryNodeId must exist in the tree.').text).toMatch(/no first node/)
  })

  it('keeps other messages', () => {
    expect(readableProblem('Too many nodes')).toEqual({ node: undefined, text: 'Too many nodes' })
  })
})
