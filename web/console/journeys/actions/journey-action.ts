import type { JourneyRow } from '../../../api/journeys.ts'
import type { ChosenFile } from '../import/chosen-files.ts'

/** An action that opens a dialog. */
export type JourneyAction =
  | { kind: 'new' }
  | { kind: 'import'; files: readonly ChosenFile[] }
  | { kind: 'duplicate' | 'history' | 'delete' | 'discard' | 'turn-off' | 'make-default'; row: JourneyRow }

/** Actions on journeys of the list. */
export type ActionHandlers = {
  openDialog(action: JourneyAction): void
  export(names: readonly string[], form: 'single' | 'multi'): void
  /** Exports all published journeys of the realm. */
  exportAll(): void
  setEnabled(row: JourneyRow, isOn: boolean): void
}
