import { createContext, useContext, useEffect, useRef } from 'react'
import type { Callback, Step } from '../../api/authenticate.ts'
import { inputName, type Values } from './inputs.ts'
import type { Stage } from './stage.ts'

/**
 * Asked before a step is sent. It answers with values to send besides, or undefined to keep the step; then it has said
 * why.
 */
export type Gate = () => Values | undefined | Promise<Values | undefined>

/** What the parts of a step share. */
export type StepForm = {
  step: Step
  stage: Stage
  values: Values
  isBusy: boolean
  set(name: string, value: unknown): void
  /**
   * Sends the step.
   * @param values besides those typed.
   * @param isWayOut for who takes another way than the one that the fields are for: nothing is asked of the gates.
   */
  send(values?: Values, isWayOut?: boolean): void
  /** What the server finds wrong with what a callback holds, in sentences. */
  errorsOf(callback: Callback): readonly string[]
  /** Whether this page was sent before, and came back as it was. */
  wasSentBack: boolean
  /** Begins the journey anew. */
  restart(): void
  gates: Set<Gate>
}

export const StepFormContext = createContext<StepForm | undefined>(undefined)

export function useStepForm(): StepForm {
  const form = useContext(StepFormContext)
  if (form === undefined) throw new Error('outside of a step')
  return form
}

/** What every drawn callback gets. */
export type CallbackProps = { callback: Callback }

/** One input of a callback: its name, which is the id of its control, and what it holds. */
export function useInput(callback: Callback, suffix = '') {
  const { values, set } = useStepForm()
  const name = inputName(callback, suffix)
  const initial = callback.input.find((field) => field.name === name)?.value
  const value = Object.hasOwn(values, name) ? values[name] : initial
  return { name, value, text: textual(value), change: (changed: unknown) => set(name, changed) }
}

/** Has a say before the step is sent. */
export function useGate(gate: Gate): void {
  const { gates } = useStepForm()
  const latest = useRef(gate)
  latest.current = gate
  useEffect(() => {
    const entry: Gate = () => latest.current()
    gates.add(entry)
    return () => {
      gates.delete(entry)
    }
  }, [gates])
}

/** Tells how a callback is to be laid out. */
export function useLayout(callback: Callback) {
  const { step, stage } = useStepForm()
  const alike = step.callbacks.filter(({ type }) => type === callback.type)
  return stage.optionsOf(callback.type, alike.indexOf(callback))
}

function textual(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}
