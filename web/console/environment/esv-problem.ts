import { ApiError } from '../../api/request.ts'
import { errorMessage } from '../components/error-notice.tsx'

/** A message of the server, and the field that it is about. */
export type EsvProblem = { field: 'name' | 'value' | 'realms' | undefined; text: string }

/** What the server found, in the words of the page. */
export function esvProblem(error: Error): EsvProblem {
  const text = errorMessage(error)
  if (!(error instanceof ApiError)) return { field: undefined, text }
  if (error.code === 412) return { field: 'name', text: 'A variable or secret with this name exists' }
  if (error.code === 409 && text.startsWith('The name ')) return { field: 'name', text }
  if (error.code !== 400) return { field: undefined, text }
  if (/^Invalid (?:variable|secret) name/.test(text)) return { field: 'name', text }
  if (/^realms\b/.test(text)) return { field: 'realms', text }
  const value = /^valueBase64:? (.+)$/.exec(text)?.[1]
  if (value === undefined) return { field: undefined, text }
  // The form takes the value as text; only the request has it in base64.
  return {
    field: 'value',
    text: `The value ${value.replace(/ in base64, as the expressionType is \w+$/, '')}`,
  }
}
