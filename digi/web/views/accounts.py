"""allauth's sign-up with one thing more: what was taken while one typed is told in the form. Knows no rule."""

from allauth.account.views import SignupView
from django.http import HttpResponse

from digi.errors import DigiError
from digi.web.forms import SignUp


class SignUpView(SignupView):
    def form_valid(self, form: SignUp) -> HttpResponse:
        try:
            answer: HttpResponse = super().form_valid(form)
        except DigiError as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.detail)
            return self.form_invalid(form)  # type: ignore[no-any-return]
        return answer
