import { createContext, useContext, useEffect, useRef } from 'react'
import type { Callback, Step } from '../../api/authenticate.ts'
import { inputName, type Values } from './inputs.ts'
import type { StageOptions } from './stage.ts'

/**
 * Runs before a step is sent. @returns additional values, or undefined to prevent sending; the component then shows why.
 */
export type SubmitGuard = () => Values | undefined | Promise<Values | undefined>

/** The context of a step's components. */
export type StepForm = {
  step: Step
  stage: StageOptions
  values: Values
  isBusy: boolean
  set(name: string, value: unknown): void
  /**
   * Sends the step.
   * @param values added to the input.
   * @param skipGuards for alternatives to the fields, such as "Cancel".
   */
  send(values?: Values, skipGuards?: boolean): void
  /** The server's errors about a callback's value. */
  errorsOf(callback: Callback): readonly string[]
  /** Whether the journey shows the same page again. */
  wasSentBack: boolean
  /** Starts the journey again. */
  restart(): void
  guards: Set<SubmitGuard>
}

export const StepFormContext = createContext<StepForm | undefined>(undefined)

export function useStepForm(): StepForm {
  const form = useContext(StepFormContext)
  if (form === undefined) throw new Error('outside of a step')
  return form
}

export type CallbackProps = { callback: Callback }

/** An input of a callback. `name` is also the id of its control. */
export function useInput(callback: Callback, suffix = '') {
  const { values, set } = useStepForm()
  const name = inputName(callback, suffix)
  const initial = callback.input.find((field) => field.name === name)?.value
  const value = Object.hasOwn(values, name) ? values[name] : initial
  return { name, value, text: textual(value), change: (changed: unknown) => set(name, changed) }
}

/** Registers a guard while the component is mounted. */
export function useSubmitGuard(guard: SubmitGuard): void {
  const { guards } = useStepForm()
  const latest = useRef(guard)
  latest.current = guard
  useEffect(() => {
    const entry: SubmitGuard = () => latest.current()
    guards.add(entry)
    return () => {
      guards.delete(entry)
    }
  }, [guards])
}

export function useLayout(callback: Callback) {
  const { step, stage } = useStepForm()
  const alike = step.callbacks.filter(({ type }) => type === callback.type)
  return stage.optionsOf(callback.type, alike.indexOf(callback))
}

function textual(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}
