import { Mask, maskedText } from '../../runtime/mask.ts'
import { pathOf, type Visit, visitsOf, visitText } from '../play/visits.ts'
import { type Project, shownPath } from '../project/project.ts'
import type { WalkResult } from '../run-walk.ts'
import { factsOf } from './node-facts.ts'

const indent = '  '
const labelWidth = 9

/** A failed walk: what differs, the way through the journey, and what explains it. */
export function failureText(result: WalkResult, project: Project): string {
  const lines = [headline(result), ...detailLines(result, project)]
  return withoutSecrets(lines.join('\n'), result.secrets)
}

/** The file and name of a walk. */
export function headline({ file, line, about, it, milliseconds, status }: WalkResult): string {
  const word = status === 'broken' ? 'BROKEN' : 'FAIL'
  return `${word}  ${shownPath(file)}:${line}  ${titleOf({ about, it })}  ${milliseconds.toFixed(1)} ms`
}

export function titleOf({ about, it }: Pick<WalkResult, 'about' | 'it'>): string {
  return about === '' ? it : `${about} › ${it}`
}

function detailLines(result: WalkResult, project: Project): string[] {
  const { step, mismatches, reason, runs, mails, calls, it } = result
  if (result.status === 'broken') return [row('', reason ?? '')]
  return [
    ...(step === undefined ? [] : [row('step', `${step.index + 1}, at line ${step.line}`)]),
    ...mismatches.flatMap(({ subject, expected, got, more }) => [
      row(subject, `expected  ${maskedWords(expected)}`),
      row('', `got       ${maskedWords(got)}`),
      ...more.map((line) => row('', maskedWords(line))),
    ]),
    ...runs.flatMap(({ party, journey, steps }) => {
      const visits = visitsOf(steps)
      const name = [party, journey].filter(Boolean).join(', ')
      return [
        row(
          'path',
          `${name === '' ? '' : `${name}: `}${pathOf(steps, project.bundle.journeys).map(visitText).join(', ') || 'no node'}`,
        ),
        ...explanation(visits, project),
      ]
    }),
    row('mail', maskedWords(mails.join('; ')) || 'none'),
    row('calls', maskedWords(calls.map(callText).join('; ')) || 'none'),
    row('again', `sidegate test ${shownPath(result.file)} -t ${JSON.stringify(it)}`),
  ]
}

function callText({ method, url, answer }: WalkResult['calls'][number]): string {
  return `${method} ${url} → ${answer}`
}

/** Facts about the last node, and its reason and log. */
function explanation(visits: readonly Visit[], project: Project): string[] {
  const last = visits.at(-1)
  if (last === undefined) return []
  const { reason, reads, log } = last.step
  return [
    ...factsOf(last, project).map(({ text, place }) =>
      row('', `${text}${place === undefined ? '' : `   ${shownPath(place.file)}:${place.line}`}`),
    ),
    ...(reason === undefined ? [] : [row('reason', reason)]),
    ...(reads.length === 0
      ? []
      : [
          row(
            'read',
            reads
              .map(({ key, value, isMasked }) => `${key} ${isMasked ? maskedText : JSON.stringify(value)}`)
              .join('   '),
          ),
        ]),
    ...log.map(({ level, message }) => row('log', `${level}: ${message}`)),
  ]
}

function row(label: string, text: string): string {
  return `${indent}${label.padEnd(labelWidth)}${text}`
}

/** The text without these secrets. */
function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length > 2)
    .toSorted((left, right) => right.length - left.length)
    .reduce((rest, secret) => rest.replaceAll(secret, maskedText), text)
}

/** Masks links and tokens as words, so that the rest of the line stays. */
function maskedWords(text: string): string {
  const mask = new Mask()
  return text.replaceAll(/\S+/g, (word) => mask.text(word))
}
