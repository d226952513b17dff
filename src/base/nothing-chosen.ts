/** How the vendor's documents say that no script, journey or store is chosen. */
export const nothingChosen = '[Empty]'
