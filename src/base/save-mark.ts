/** The author and time (epoch milliseconds) of a save. The author's current name is stored. */
export type SaveMark = {
  at: number
  by?: { id: string; name: string } | undefined
  /** The author's reason, for the history. */
  note?: string | undefined
  /** What made the change. Default: `save`. `seal` changes how secrets are stored, and makes no version. */
  cause?: 'save' | 'import' | 'restore' | 'seal' | undefined
}
