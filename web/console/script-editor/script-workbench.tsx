import './script-workbench.css'
import { Button, Popover } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconInfoCircle } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { type Bindings, readBindings } from '../../api/script-bindings.ts'
import { checkScript, type ScriptKind, type ScriptProblem } from '../../api/scripts.ts'
import { ScriptEditor } from './script-editor.tsx'
import type { TrialFields } from './trial-fields.ts'
import { TrialPanel } from './trial-panel.tsx'
import type { TrialSubject } from './use-trial.ts'

const noBindings: Bindings = { bindings: [], types: [] }

type WorkbenchProps = {
  subject: TrialSubject
  /** Id of a stored script, whose outcomes are those of its nodes. */
  scriptId?: string | undefined
  propertyNames?: readonly string[]
  fields: TrialFields
  onFields(fields: TrialFields): void
  onSource(source: string): void
}

/** The code editor next to the panel that tries the script. */
export function ScriptWorkbench({ subject, scriptId, propertyNames = [], ...rest }: WorkbenchProps) {
  const { fields, onFields, onSource } = rest
  const { realm, source, context, evaluatorVersion = '2.0' } = subject
  const { line } = useSearch({ strict: false })
  const [runs, setRuns] = useState(0)
  const { outcomes } = subject
  const kind = { context, evaluatorVersion, properties: propertyNames, outcomes, id: scriptId }
  const problems = useProblems(realm, source, kind)
  const bindings = useQuery({
    queryKey: ['bindings', realm, context, evaluatorVersion],
    queryFn: ({ signal }) => readBindings(realm, context, evaluatorVersion, signal),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  })
  const known = bindings.data ?? noBindings
  return (
    <div className="workbench stack shrink">
      <section className="bench stack shrink" aria-label="Script">
        <header className="row gap-2 text-note">
          <b className="strong">Script</b>
          <span className="chip">{evaluatorVersion === '1.0' ? 'Legacy' : 'Next-gen'}</span>
          <span className="hint push-end muted">
            <kbd>Ctrl</kbd> <kbd>Space</kbd> to complete
          </span>
          <BindingList bindings={known} />
        </header>
        <ScriptEditor
          label="Script"
          source={source}
          problems={problems}
          line={line}
          bindings={known}
          propertyNames={propertyNames}
          onChange={onSource}
          onRun={() => setRuns((count) => count + 1)}
        />
        <footer className="fine flex gap-4">
          <span>{countOf(problems, 'error', 'error', 'No errors')}</span>
          <span>{countOf(problems, 'warning', 'warning', '')}</span>
          <span className="figures push-end">
            {(new TextEncoder().encode(source).length / 1024).toFixed(1)} KB
          </span>
        </footer>
      </section>
      <TrialPanel subject={subject} fields={fields} onFields={onFields} runs={runs} />
    </div>
  )
}

function countOf(
  problems: readonly { severity: string }[],
  severity: string,
  word: string,
  none: string,
): string {
  const count = problems.filter((problem) => problem.severity === severity).length
  return count === 0 ? none : `${count} ${word}${count === 1 ? '' : 's'}`
}

const none: readonly ScriptProblem[] = []

/** Typing pause before a script is checked. */
const pauseMs = 300

/** The problems that the server finds in a script. */
function useProblems(realm: string, source: string, kind: ScriptKind): readonly ScriptProblem[] {
  const [settled] = useDebouncedValue(source, pauseMs)
  const { data } = useQuery({
    queryKey: ['script-problems', realm, settled, kind],
    queryFn: ({ signal }) => checkScript(realm, settled, kind, signal),
    enabled: settled !== '',
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  })
  return settled === '' ? none : (data ?? none)
}

/** A reference of all bindings in this script context. */
function BindingList({ bindings }: { bindings: Bindings }) {
  return (
    <Popover width={440} position="bottom-end" trapFocus>
      <Popover.Target>
        <Button size="xs" variant="subtle" leftSection={<IconInfoCircle size={16} aria-hidden />}>
          Bindings
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <dl className="bindings gap-3 text-note" aria-label="Bindings">
          {bindings.bindings.map(({ name, help, members = [] }) => (
            <div key={name}>
              <dt>
                <code>{name}</code>
              </dt>
              <dd>
                {help}
                {members.length > 0 && (
                  <ul>
                    {members.map((member) => (
                      <li key={member.name}>
                        <code>{member.signature ?? member.name}</code> {member.help}
                      </li>
                    ))}
                  </ul>
                )}
              </dd>
            </div>
          ))}
        </dl>
      </Popover.Dropdown>
    </Popover>
  )
}
