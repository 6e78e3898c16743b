import { termsOf } from "./_includes/terms.js";

export const { data, render } = termsOf("officials");
