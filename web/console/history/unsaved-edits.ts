/** What a restore does with the unsaved changes of the page. */
export type UnsavedEdits = 'draft' | 'kept' | 'undoable' | 'lost'

export const unsavedWarnings: Readonly<Record<UnsavedEdits, string>> = {
  draft: 'The draft stays. Publishing it asks which changes to keep.',
  kept: 'Your unsaved changes stay, on top of the restored version.',
  undoable: 'The restored version replaces your unsaved changes. Undo brings them back.',
  lost: 'Your unsaved changes are lost.',
}
