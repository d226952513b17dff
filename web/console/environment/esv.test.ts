import { describe, expect, it } from 'vitest'
import { ApiError } from '../../api/request.ts'
import { idOf, nameInSettings, nameOfVariable, placeholderOf } from './esv-names.ts'
import { esvProblem } from './esv-problem.ts'

describe('the name of a variable', () => {
  it.each([
    ['my.name', 'esv-my-name'],
    [' esv.my.name ', 'esv-my-name'],
    ['esv-my_name', 'esv-my_name'],
    ['&{esv.my.name}', 'esv-my-name'],
    ['ESV-MY-NAME', 'esv-my-name'],
  ])('%s is stored as %s', (typed, id) => {
    expect(idOf(typed)).toBe(id)
  })

  it('is written with dots in settings', () => {
    expect(placeholderOf(nameInSettings('esv-my-name'))).toBe('&{esv.my.name}')
    expect(nameOfVariable('ESV_MY_NAME')).toBe('esv.my.name')
  })
})

describe('a message of the server', () => {
  const problem = (code: number, message: string) => esvProblem(new ApiError({ code, reason: '', message }))

  it.each([
    [
      'valueBase64 must be a whole number in base64, as the expressionType is int',
      'value',
      'The value must be a whole number',
    ],
    [
      'valueBase64 must be a text in base64 in base64, as the expressionType is base64encodedinlined',
      'value',
      'The value must be a text in base64',
    ],
    ['valueBase64 must have at most 65535 bytes', 'value', 'The value must have at most 65535 bytes'],
    ['realms names /gamma, which is not a realm', 'realms', 'realms names /gamma, which is not a realm'],
    ['description: must be a text', undefined, 'description: must be a text'],
  ])('%s is shown at %s', (message, field, text) => {
    expect(problem(400, message)).toEqual({ field, text })
  })

  it('about a taken name is shown at the name', () => {
    expect(problem(412, 'esv-a exists').field).toBe('name')
    expect(problem(409, 'The name ESV_A is taken by another variable or secret').field).toBe('name')
  })
})
