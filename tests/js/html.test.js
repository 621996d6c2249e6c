import assert from "node:assert/strict";
import { test } from "node:test";
import { html } from "../../digi/web/static/digi/html.js";

test("no node of a template is handed out twice, so that none holds what was drawn before", () => {
  const draw = () => html`<p class=${"a"}><i>never changes</i></p>`;
  assert.notEqual(draw().props.children, draw().props.children);
  assert.equal(draw().props.children.props.children, "never changes");
});
