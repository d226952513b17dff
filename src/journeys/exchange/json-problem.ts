import { type ParseError, parse, printParseErrorCode, visit } from 'jsonc-parser'
import type { Json } from '../../base/json.ts'

/** The first error of a text, in words that don't quote it. `line` counts from 1. */
export type JsonProblem = { line: number; problem: string }

/** Finds out why a text is not JSON; undefined if that is unclear. */
export function jsonProblem(text: string): JsonProblem | undefined {
  let first: JsonProblem | undefined
  const onError = (code: number, _offset: number, _length: number, line: number) => {
    first ??= { line: line + 1, problem: inWords(printParseErrorCode(code)) }
  }
  unlessTooDeep(() => visit(text, { onError }, { disallowComments: true }))
  return first
}

/** Parses a text that would be JSON without its comments and trailing commas; undefined for any other text. */
export function jsonWithComments(text: string): Json | undefined {
  const errors: ParseError[] = []
  const value: Json | undefined = unlessTooDeep(() => parse(text, errors, { allowTrailingComma: true }))
  return errors.length === 0 ? value : undefined
}

/** The parser calls itself for each level of nesting. */
function unlessTooDeep<Value>(work: () => Value): Value | undefined {
  try {
    return work()
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function inWords(code: string): string {
  return code.replaceAll(/(?<!^)[A-Z]/g, (letter) => ` ${letter}`).toLowerCase()
}
