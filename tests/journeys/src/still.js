// The clocks of the pictures: they stand until a journey moves them. Timers go on, and find that no time has passed.
"use strict";
(() => {
  const Real = Date;
  let passed = 0;
  window.Date = class extends Real {
    constructor(...parts) {
      if (parts.length === 0) super(MOMENT + passed);
      else super(...parts);
    }
    static now() {
      return MOMENT + passed;
    }
  };
  performance.now = () => passed;
  window.__still = { pass: (millis) => { passed += millis; } };
})();
