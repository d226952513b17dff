import { expect, test } from 'vitest'
import { claimsOf } from '../play/assertions.ts'
import { Mismatch } from '../play/mismatch.ts'
import type { PlayedWalk } from '../play/play-walk.ts'
import type { Screen } from '../play/player.ts'
import { stepsEndOf } from './failed-step.ts'
import { reasons } from './reasons.ts'
import { type LaneInside, verdictsOf } from './verdicts.ts'

const walk = {
  it: 'signs in',
  journey: 'Login',
  steps: [{ kind: 'action', party: undefined, action: { answer: { Code: '1' } } }],
} as unknown as Parameters<typeof verdictsOf>[0]
const screen = (prompt: string): Screen => ({
  party: '',
  run: 0,
  step: 0,
  shown: {
    kind: 'page',
    page: { authId: 'a', callbacks: [{ type: 'NameCallback', output: [{ name: 'prompt', value: prompt }] }] },
  },
})
const noCode = new Mismatch('page', 'a page that asks for Code', 'a page: NameCallback "Name"')

function lane(step: number | undefined, screens: Screen[], mismatch = noCode): PlayedWalk {
  const mismatches = step === undefined ? [] : [mismatch]
  return {
    ...{ mismatches, step, screens, stopped: undefined, assertions: [], runs: [], unseenRuns: undefined },
    ...{ broken: undefined, mails: [], calls: [], secrets: [] },
  }
}

/** The verdicts on steps that could not be taken. */
function onSteps(there: PlayedWalk, inside: PlayedWalk | undefined) {
  const { assertions, screens, runs } = inside ?? there
  const here: LaneInside | undefined = inside && { assertions, screens, runs, end: stepsEndOf(inside) }
  return verdictsOf(walk, { kind: 'played', played: there }, here).filter(({ step }) => step !== undefined)
}

const name = screen('Name')
const difference = {
  subject: 'page',
  depth: 1,
  step: 0,
  status: 'differs',
  text: 'a page that asks for Code',
}
const text = 'expected a page that asks for Code, got a page: NameCallback "Name"'

test('a step that fails only there, after equal screens, differs', () => {
  const inside = lane(undefined, [name, screen('Code')])
  expect(onSteps(lane(0, [name]), inside)).toMatchObject([
    { ...difference, inside: 'as declared', there: text },
  ])
})

test('a step that fails only inside differs, too', () => {
  expect(onSteps(lane(undefined, [name, screen('Code')]), lane(0, [name]))).toMatchObject([
    { ...difference, inside: text, there: 'as declared' },
  ])
})

test('a step that fails on both sides agrees', () => {
  expect(onSteps(lane(0, [name]), lane(0, [name]))).toEqual([])
})

test('a step after another difference, or one that a side has not come to, is no second difference', () => {
  const inside = lane(undefined, [name, screen('Code')])
  expect(onSteps(lane(0, [screen('Other')]), inside)).toEqual([])
  const asks = new Mismatch('asks', '"Code"', 'a page')
  expect(onSteps(lane(1, [name]), lane(0, [name], asks))).toEqual([])
})

test('a step that fails after a random page is not observable', () => {
  const questions = ['Pet?', 'Street?'].map(screen)
  const step = {
    nodeType: 'KbaVerifyNode',
    page: null,
    request: 1,
    nodeId: 'k',
    displayName: 'Kba',
    journeys: ['J'],
  }
  const runs = [
    { party: '', journey: 'J', steps: [{ ...step, result: 'callbacks' }] },
  ] as unknown as PlayedWalk['runs']
  const inside = { ...lane(undefined, questions.slice(0, 1)), runs }
  expect(onSteps(lane(0, questions.slice(1)), inside)).toMatchObject([
    { step: 0, status: 'unobservable', reason: reasons.random },
  ])
})

test('a step that fails there is compared with the walk if it was not played inside', () => {
  expect(onSteps(lane(0, [name]), undefined)).toMatchObject([
    { ...difference, inside: 'expected a page that asks for Code', there: noCode.got },
  ])
})

test('a claim about a node that ends with an error is unobserved, also if the logs seem to show it', () => {
  const declared = { ...walk, visits: { 'Risk → error': 0 } }
  const claim = claimsOf(declared).find(({ subject }) => subject === 'visits')
  if (claim === undefined) throw new Error('no claim')
  const played = { ...lane(undefined, []), assertions: [{ ...claim, status: 'holds' } as const] }
  const verdicts = verdictsOf(declared, { kind: 'played', played }, undefined)
  expect(verdicts.filter(({ subject }) => subject === 'visits')).toMatchObject([
    { status: 'unobserved', reason: reasons.errors },
  ])
})
