import type { ChecklistStep } from '../../api/starters.ts'

type Words = { title: string; text: string }

const titles: Readonly<Record<ChecklistStep['_id'], string>> = {
  address: 'Address',
  mail: 'Mail server',
  signIn: 'Sign-in journey',
  check: 'A check at the desk',
  agent: 'An agent',
  caller: 'A caller',
  verified: 'First verified caller',
}

const done: Readonly<Record<ChecklistStep['_id'], string>> = {
  address: 'Links have the address that people use.',
  mail: 'Callers can get links by email.',
  signIn: 'People can sign in.',
  check: 'Agents can start a check.',
  agent: 'A help desk agent can work at the desk.',
  caller: 'There is a person to verify.',
  verified: 'A caller was verified. The desk works.',
}

const open: Readonly<Record<ChecklistStep['_id'], string>> = {
  address: 'Set SIDEGATE_BASE_URL to the address that people use, so that links work on their devices.',
  mail: 'Set SIDEGATE_SMTP_URL, so that callers get links by email.',
  signIn: 'Nobody can sign in to this realm.',
  check: 'Agents start checks at the desk. The starter has four, which work at once.',
  agent: 'Create a person with the role “Help desk agent”, who starts checks.',
  caller: 'Create a person with a password, who can be verified.',
  verified:
    'Sign in at the desk as the agent, start a check, and open its link as the caller, on a phone or in another browser.',
}

const optional: Partial<Record<ChecklistStep['_id'], string>> = {
  address: 'Only this machine can reach the server. Set SIDEGATE_BASE_URL before others should.',
  mail: 'Agents show the link as a QR code, read out a short code or copy the link. With SIDEGATE_SMTP_URL, callers also get it by email.',
}

const problems = {
  missing: 'doesn’t exist',
  off: 'is turned off',
  broken: 'can’t be started on its own',
  faulty: 'has errors, with which it fails',
} as const

/** What a step says. */
export function wordsOf({ _id, isDone, isOptional, journey = '', problem }: ChecklistStep): Words {
  const title = titles[_id]
  if (isDone) return { title, text: done[_id] }
  if (problem !== undefined) {
    // With some of the errors, a part of the journey still works.
    const effect = problem === 'faulty' ? 'People may not be able to sign in.' : open[_id]
    return { title, text: `${effect} The default journey “${journey}” ${problems[problem]}.` }
  }
  return { title, text: (isOptional ? optional[_id] : undefined) ?? open[_id] }
}

/** How many of the steps are done that are not optional. */
export function progressOf(steps: readonly ChecklistStep[]): { done: number; total: number } {
  const needed = steps.filter(({ isOptional, isDone }) => !isOptional || isDone)
  return { done: needed.filter(({ isDone }) => isDone).length, total: needed.length }
}

/** The step to do next; undefined when only optional ones are left. */
export function nextStep(steps: readonly ChecklistStep[]): ChecklistStep | undefined {
  return steps.find(({ isDone, isOptional }) => !isDone && !isOptional)
}
