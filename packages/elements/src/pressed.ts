/**
 * One press, one choice (Z15, H09, H13). The second click of a double click is ignored: where it lands stands, by then,
 * what comes next, or the question whether the first was meant. A browser counts the clicks that follow each other at
 * once in one place (UI Events, `detail`); a press by keyboard or by assistive technology counts none.
 */
export const pressed =
  (choose: () => void) =>
  (event: MouseEvent): void => {
    if (event.detail <= 1) choose();
  };
