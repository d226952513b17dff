import './import-dialog.css'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Plan } from '../../../api/journey-exchange.ts'
import { ApiError } from '../../../api/request.ts'
import { ErrorNotice } from '../../components/error-notice.tsx'
import { Sheet } from '../../components/sheet.tsx'
import { useIsPhone } from '../../components/use-is-phone.ts'
import type { ActionResult } from '../actions/action-notice.tsx'
import type { ChosenFile } from './chosen-files.ts'
import { TooLargeError } from './chosen-files.ts'
import { FileChoice } from './file-choice.tsx'
import { FileDrop } from './file-drop.tsx'
import { FindingList } from './finding-list.tsx'
import { ImportChoices } from './import-options.tsx'
import { JourneyFindings, Weakens } from './journey-findings.tsx'
import { chosenRows, type PlanRow, planRows, writtenIn } from './plan-rows.ts'
import { PlanView } from './plan-view.tsx'
import { useImport } from './use-import.ts'

type Props = {
  realm: string
  first: readonly ChosenFile[]
  onImported(result: ActionResult): void
  onClose(): void
}

/** Imports files after showing what they would change. */
export function ImportDialog({ realm, first, onImported, onClose }: Props) {
  const state = useImport(realm, first)
  const { files, plan, work } = state
  const error = work.error ?? plan.error
  const title = error !== null ? 'Nothing was imported' : plan.data === undefined ? 'Import' : 'Review import'
  const isShown = plan.data !== undefined && plan.error === null
  return (
    <Sheet title={title} size="lg" onClose={onClose}>
      <FileDrop isDisabled={work.isPending} onFiles={state.choose}>
        <div className="import-dialog stack gap-4">
          {error !== null && <ImportTrouble error={error} />}
          {plan.isLoading && <p role="status">Reading {nameOf(files)} …</p>}
          {isShown ? (
            <PlanStep realm={realm} state={state} onImported={onImported} onClose={onClose} />
          ) : (
            !plan.isLoading && <FileChoice onFiles={state.choose} />
          )}
        </div>
      </FileDrop>
    </Sheet>
  )
}

type Step = Pick<Props, 'realm' | 'onImported' | 'onClose'> & { state: ReturnType<typeof useImport> }

function PlanStep({ realm, state, onImported, onClose }: Step) {
  const { files, plan, options, work } = state
  if (plan.data === undefined) return null
  const { findings, isPossible, realms } = plan.data
  const hasUnreadable = findings.some(({ kind }) => kind === 'unreadable')
  const isBroken = hasUnreadable && findings.every(({ kind }) => kind !== 'conflict')
  const rows = chosenRows(planRows(plan.data), options)
  const written = writtenIn(rows)
  const run = () =>
    work.mutate(undefined, {
      onSuccess(done) {
        onImported({ message: <Done realm={realm} name={nameOf(files)} plan={done} /> })
        onClose()
      },
    })
  return (
    <>
      <p className="muted breaks">
        {nameOf(files)}: {things(rows.length)}.{' '}
        {work.isPending ? 'Importing…' : 'Nothing has been changed yet.'}
      </p>
      <div inert={work.isPending}>
        <ImportChoices
          realm={realm}
          realms={realms}
          options={options}
          hasUnreadable={hasUnreadable}
          onChange={state.change}
        />
      </div>
      <div aria-busy={!state.isCurrent} className="import-plan stack gap-3">
        {!isPossible && (
          <p className="callout bad pad-3 text-note" role="alert">
            {isBroken
              ? 'Something in the files can’t be read, so nothing is imported. Mend it, or leave it out.'
              : 'Resolve the conflicts before importing.'}
          </p>
        )}
        {!isPossible && <FindingList findings={findings} />}
        <Weakens rows={rows} findings={state.lint.data ?? []} />
        <PlanView rows={rows} onTake={state.take} />
        {isPossible && findings.length > 0 && <FindingList findings={findings} />}
        {isPossible && <JourneyFindings lint={state.lint} />}
      </div>
      <ImportButtons
        label={written === 0 ? 'Nothing to import' : `Import ${things(written)}`}
        isReady={isPossible && written > 0 && state.isCurrent}
        isBusy={work.isPending}
        onRun={run}
        onAgain={() => state.choose([])}
        onClose={onClose}
      />
    </>
  )
}

type ButtonsProps = {
  label: string
  isReady: boolean
  isBusy: boolean
  onRun(): void
  onAgain(): void
  onClose(): void
}

function ImportButtons({ label, isReady, isBusy, onRun, onAgain, onClose }: ButtonsProps) {
  const isPhone = useIsPhone()
  return (
    <div className="sheet-acts">
      <Button className="aside" variant="subtle" color="gray" onClick={onClose}>
        Cancel
      </Button>
      {!isPhone && (
        <Button variant="default" disabled={isBusy} onClick={onAgain}>
          Choose other files
        </Button>
      )}
      <Button disabled={!isReady} loading={isBusy} onClick={onRun}>
        {label}
      </Button>
    </div>
  )
}

function nameOf(files: readonly ChosenFile[]): string {
  const [first] = files
  if (first === undefined) return ''
  const folder = first.path.split('/')[0] ?? ''
  if (files.length > 1 && files.every(({ path }) => path.startsWith(`${folder}/`))) return folder
  return files.length === 1 ? first.path : `${files.length} files`
}

function things(count: number): string {
  return count === 1 ? '1 item' : `${count} items`
}

/** The counts of an import, with a link to what it still needs. */
function Done({ realm, name, plan }: { realm: string; name: string; plan: Plan }) {
  const lacks = plan.findings.some(({ kind }) => kind === 'missing' || kind === 'unsupported')
  return (
    <>
      {summary(name, planRows(plan))}{' '}
      {lacks && (
        <Link to="/realm/missing" search={{ realm }}>
          See what is still missing
        </Link>
      )}
    </>
  )
}

function summary(name: string, rows: readonly PlanRow[]): string {
  const count = (expected: PlanRow['status']) => rows.filter(({ status }) => status === expected).length
  const parts = [
    [count('new'), 'new'],
    [count('changed'), 'replaced'],
    [count('kept') + count('identical'), 'unchanged'],
    [count('left'), 'left out'],
  ] as const
  const changes = parts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`)
  return `Imported ${name}: ${changes.join(', ')}.`
}

function ImportTrouble({ error }: { error: Error }) {
  const isTooLarge = error instanceof TooLargeError || (error instanceof ApiError && error.code === 413)
  return isTooLarge ? (
    <p className="callout bad pad-3 text-note" role="alert">
      <strong>This is more than 20 MB.</strong> Import it in parts. Nothing was changed.
    </p>
  ) : (
    <ErrorNotice title="Nothing was changed" error={error} />
  )
}
