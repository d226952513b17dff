/**
 * Maximum length of a script or library, in UTF-16 units. One of this length takes a third of a run's time to compile and a seventh of
 * its memory. Longer ones are refused when they are saved or imported.
 */
export const maxSourceLength = 512 << 10
