import { ApiError } from '../../api/request.ts'

/** A message of the server about a member, and the member. */
export type AccountProblem = { member: 'name' | 'description' | 'scopes' | 'jwks'; text: string }

const messagePattern = /^(name|description|scopes|jwks)[\w.]*: (.+)$/

/** The member that the server rejected. Undefined for any other error. */
export function accountProblem(error: Error | null): AccountProblem | undefined {
  if (!(error instanceof ApiError) || error.code !== 400) return undefined
  const [, member, text = ''] = messagePattern.exec(error.message) ?? []
  if (member === undefined) return undefined
  // The pattern names the members.
  return { member: member as AccountProblem['member'], text: `${subjects[member]} ${text}` }
}

const subjects: Readonly<Record<string, string>> = {
  name: 'The name',
  description: 'The description',
  scopes: 'The scopes',
  jwks: 'The key set',
}
