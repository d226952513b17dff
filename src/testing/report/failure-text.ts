import type { Json } from '../../base/json.ts'
import { Mask, maskedText } from '../../runtime/mask.ts'
import { maskedCodes } from '../masked-codes.ts'
import type { WalkDifference } from '../play/mismatch.ts'
import type { PlayedRun } from '../play/player.ts'
import { pathOf, visitsOf, visitText } from '../play/visits.ts'
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
  const { step, mismatches, reason, runs, mails, calls, it, traceFile } = result
  const openLines = traceFile === undefined ? [] : [row('open', `npx sidegate show-trace ${traceFile}`)]
  if (result.status === 'broken') return [row('', reason ?? ''), ...openLines]
  return [
    ...(step === undefined ? [] : [row('step', `${step.index + 1}, at line ${step.line}`)]),
    ...mismatches.flatMap(differenceLines),
    ...runs.flatMap((run) => [
      row('path', pathText(run, project)),
      ...explanation(run, startOf(runs), project),
    ]),
    row('mail', maskedCodes(maskedWords(mails.join('; '))) || 'none'),
    row('calls', maskedCodes(maskedWords(calls.map(callText).join('; '))) || 'none'),
    ...openLines,
    row('again', `npx sidegate test ${shownPath(result.file)} -t ${JSON.stringify(it)}`),
  ]
}

/** Emails and calls can contain codes that no step has kept. */
function differenceLines({ subject, expected, got, more }: WalkDifference): string[] {
  const masked = (text: string) =>
    subject === 'mail' || subject === 'calls' ? maskedCodes(maskedWords(text)) : maskedWords(text)
  return [
    row(subject, `expected  ${masked(expected)}`),
    row('', `got       ${masked(got)}`),
    ...more.map((line) => row('', masked(line))),
  ]
}

function callText({ method, url, answer }: WalkResult['calls'][number]): string {
  return `${method} ${url} → ${answer}`
}

/** Shorter gaps between nodes are those of pages that wait. */
const shownGapMs = 10_000

/** The nodes in order, and the time that passed between them. */
function pathText({ party, journey, steps }: PlayedRun, project: Project): string {
  const name = [party, journey].filter(Boolean).join(', ')
  const path = pathOf(steps, project.bundle.journeys)
  const texts = path.flatMap((entry, at) => {
    const gap = (entry.step?.at ?? 0) - (path[at - 1]?.step?.at ?? Infinity)
    return gap >= shownGapMs ? [`⏱ ${spanText(gap)}`, visitText(entry)] : [visitText(entry)]
  })
  return `${name === '' ? '' : `${name}: `}${texts.join(', ') || 'no node'}`
}

/** Facts about the last node, and its reason and log. */
function explanation({ steps }: PlayedRun, startedAt: number, project: Project): string[] {
  const last = visitsOf(steps).at(-1)
  if (last === undefined) return []
  const { reason, reads, log, at } = last.step
  const read = reads.map(({ key, value, isMasked }) => `${key} ${isMasked ? maskedText : shownJson(value)}`)
  const time = at - startedAt >= shownGapMs ? [`(${spanText(at - startedAt)} after the start)`] : []
  return [
    ...factsOf(last, project).map(({ text, place }) =>
      row('', `${text}${place === undefined ? '' : `   ${shownPath(place.file)}:${place.line}`}`),
    ),
    ...(reason === undefined ? [] : [row('reason', reason)]),
    ...(reads.length === 0 ? [] : [row('read', [...read, ...time].join('   '))]),
    ...log.map(({ level, message }) => row('log', `${level}: ${message}`)),
  ]
}

function shownJson(value: Json | undefined): string {
  return value === undefined ? 'not set' : JSON.stringify(value)
}

/** When the first node of all runs ran. */
function startOf(runs: readonly PlayedRun[]): number {
  return runs
    .flatMap(({ steps }) => steps.map(({ at }) => at))
    .reduce((one, other) => Math.min(one, other), Infinity)
}

/** A time span in its largest unit, such as `6 min`. */
function spanText(milliseconds: number): string {
  const units = [
    { name: 'd', length: 86_400_000 },
    { name: 'h', length: 3_600_000 },
    { name: 'min', length: 60_000 },
  ]
  const unit = units.find(({ length }) => milliseconds >= length) ?? { name: 's', length: 1000 }
  return `${Math.round(milliseconds / unit.length)} ${unit.name}`
}

function row(label: string, text: string): string {
  return `${indent}${label.padEnd(labelWidth)}${text}`
}

/** The text without these secrets. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
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
