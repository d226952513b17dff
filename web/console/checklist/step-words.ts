import type { ChecklistStep } from '../../api/starters.ts'

type Words = { title: string; text: string }

const titles: Readonly<Record<ChecklistStep['_id'], string>> = {
  address: 'Address',
  mail: 'Mail server',
  organisation: 'Name of your organisation',
  signIn: 'Sign-in journey',
  check: 'A check at the desk',
  agent: 'An agent',
  caller: 'A caller',
  verified: 'First verified caller',
}

const done: Readonly<Record<ChecklistStep['_id'], string>> = {
  address: 'Links have the address that people use.',
  mail: 'Callers can get links by email.',
  organisation: 'Callers read who asks them.',
  signIn: 'People can sign in.',
  check: 'Agents can start a check.',
  agent: 'A help desk agent can work at the desk.',
  caller: 'There is a person to verify.',
  verified: 'A caller was verified. The desk works.',
}

const open: Readonly<Record<ChecklistStep['_id'], string>> = {
  address: 'Set SIDEGATE_BASE_URL to the address that people use, so that links work on their devices.',
  mail: 'Set SIDEGATE_SMTP_URL, so that callers get links by email.',
  organisation: 'Callers read the name of the realm until you enter it.',
  signIn: 'Nobody can sign in to this realm.',
  check: 'Agents start checks at the desk. The starter has three, which work at once.',
  agent: 'Create a person with the role “Help desk agent”, who starts checks.',
  caller: 'Create a person with a password, who can be verified.',
  verified: 'Sign in at the desk as an agent, start a check, and open its link as the caller.',
}

const optional: Partial<Record<ChecklistStep['_id'], string>> = {
  address:
    'Only this machine can reach the server, so links and QR codes don’t open on a phone. Set SIDEGATE_BASE_URL before others should.',
  mail: 'Agents show the link as a QR code, read out a short code or copy the link. With SIDEGATE_SMTP_URL, callers also get it by email.',
}

const problems = {
  missing: 'doesn’t exist',
  off: 'is turned off',
  broken: 'can’t be started on its own',
  faulty: 'has errors, with which it fails',
} as const

/** What a step says. */
export function wordsOf(step: ChecklistStep): Words {
  const { _id, isDone, isOptional, journey = '', problem } = step
  const title = titles[_id]
  if (_id === 'check') return { title, text: [checkText(step), codeText(step)].filter(Boolean).join(' ') }
  if (isDone) return { title, text: done[_id] }
  if (_id === 'verified') return { title, text: verifiedText(step) }
  if (problem !== undefined) {
    // With some of the errors, a part of the journey still works.
    const effect = problem === 'faulty' ? 'People may not be able to sign in.' : open[_id]
    return { title, text: `${effect} The default journey “${journey}” ${problems[problem]}.` }
  }
  return { title, text: (isOptional ? optional[_id] : undefined) ?? open[_id] }
}

function checkText({ isDone, actionsWithoutCheck = [] }: ChecklistStep): string {
  if (actionsWithoutCheck.length === 0) return isDone ? done.check : open.check
  return `No check is enough for: ${actionsWithoutCheck.join(', ')}. Add one that asks for two factors or a second agent.`
}

function codeText({ checksWithoutCode: checks = [] }: ChecklistStep): string {
  if (checks.length === 0) return ''
  return `No action can use the result of: ${checks.join(', ')}. The caller types no code of the agent there.`
}

/** The agent signs in elsewhere, because a browser has one session. */
function verifiedText({ agent, isLocal = false }: ChecklistStep): string {
  const desk =
    agent === undefined
      ? open.verified
      : `Open the desk in a private window and sign in as ${agent}: in this window, that would sign you out here. Start a check, and open its link as the caller.`
  return isLocal
    ? `${desk} Only this machine can open the link: use another browser, not a phone.`
    : `${desk} Use a phone or another browser for that.`
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
