import type { z } from 'zod'
import { suggestion } from '../base/suggestion.ts'

/**
 * An issue of a walk file as a sentence that names the member and what was expected.
 * @param names known members, for suggestions.
 */
export function issueText(issue: z.core.$ZodIssue, names: readonly string[]): string {
  const member = issue.path.findLast((part) => typeof part === 'string')
  const about = member === undefined ? '' : `${member}: `
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `'${key}' is unknown${suggestion(key, names)}`).join('; ')
  }
  const [message = ''] = issue.message.split('\n')
  return message.startsWith(`'`) || message.startsWith(about) ? message : `${about}${message}`
}
