export type TextKind = 'comment' | 'doc' | 'heading' | 'test name' | 'string' | 'UI text'

/** A text that people read: a whole comment, paragraph, table row or string. */
export type Text = { kind: TextKind; file: string; line: number; text: string }
